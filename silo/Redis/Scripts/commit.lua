-- One group of a home's writes, whole or not at all (docs/decisions/0015-redis.md).
-- First everything that the writer took for granted is looked at; what is otherwise is told, and nothing is written.
-- KEYS: meta. ARGV: ledger, head that the writer has seen, writer, turn, seconds for which the turn is remembered;
-- then, each list with its length before it,
-- owners (name, bytes of its markings, what is added to them, identifiers: number, then identifier and digest each),
-- sets of markings (key, bytes, subject, position of its newest row, new content), watermarks (source, known, new),
-- documents (name, content), records, rows (subject, content).
local base = string.sub(KEYS[1], 1, -5)
local ledger, turn = ARGV[1], tonumber(ARGV[4])
local turns = base .. 'n:' .. ARGV[3]
local at = 5
local CHUNK = 1000

local function take()
  at = at + 1
  return ARGV[at]
end

local function number()
  return tonumber(take())
end

local state = redis.call('HMGET', KEYS[1], 'id', 'head', 'retired', 'from')

local function answer(kind, what)
  return { state[1], state[2], state[3], state[4], kind, what }
end

local last = redis.call('GET', turns)
if last then
  local known, head = string.match(last, '^(%d+) (%d+)$')
  if tonumber(known) == turn then return answer('done', head) end
  if tonumber(known) > turn then return answer('late', '') end
end
if state[1] ~= ledger or tonumber(state[2]) < tonumber(ARGV[2]) then return answer('ledger', '') end

local wrong = {}

local function tell(kind, place, content)
  wrong[#wrong + 1] = kind
  wrong[#wrong + 1] = place
  wrong[#wrong + 1] = content
end

local identifier = 0
for owner = 1, number() do
  local name = take()
  if redis.call('STRLEN', base .. 'm:' .. name) ~= number() then
    tell('markings', owner - 1, redis.call('GET', base .. 'm:' .. name) or '')
  end
  take()
  local count = number()
  for start = 0, count - 1, CHUNK do
    local ids = {}
    for i = start, math.min(start + CHUNK, count) - 1 do ids[#ids + 1] = ARGV[at + 2 * i + 1] end
    local found = redis.call('HMGET', base .. 'i:' .. name, unpack(ids))
    for i = 1, #ids do
      if found[i] then tell('known', identifier + start + i - 1, found[i]) end
    end
  end
  identifier = identifier + count
  at = at + 2 * count
end
for set = 1, number() do
  local key, length, subject, newest = take(), number(), take(), take()
  local same = redis.call('STRLEN', base .. 'mo:' .. key) == length
  if same and subject ~= '' then
    local row = redis.call('LINDEX', base .. 'x:' .. subject, -1)
    same = (row and string.sub(row, 1, 8) or '') == newest
  end
  if not same then tell('set', set - 1, '') end
  take()
end
for source = 1, number() do
  local name, known = take(), take()
  local stored = redis.call('HGET', base .. 'w', name) or ''
  if stored ~= known then tell('watermark', source - 1, stored) end
  take()
end
if #wrong > 0 then return answer('wrong', wrong) end

at = 5
for _ = 1, number() do
  local name = take()
  take()
  local added = take()
  if added ~= '' then redis.call('APPEND', base .. 'm:' .. name, added) end
  local count = number()
  for start = 0, count - 1, CHUNK do
    local to = math.min(start + CHUNK, count)
    redis.call('HSET', base .. 'i:' .. name, unpack(ARGV, at + 2 * start + 1, at + 2 * to))
  end
  at = at + 2 * count
end
for _ = 1, number() do
  local key = take()
  at = at + 3
  local content = take()
  if content ~= '' then redis.call('SET', base .. 'mo:' .. key, content) end
end
for _ = 1, number() do
  local name = take()
  take()
  local content = take()
  if content ~= '' then redis.call('HSET', base .. 'w', name, content) end
end
for _ = 1, number() do
  local name = take()
  redis.call('HSET', base .. 'd', name, take())
end
local before = tonumber(state[2])
local head = before
for _ = 1, number() do
  head = head + 1
  redis.call('HSET', base .. 'ledger', head, take())
end
local position = struct.pack('>I8', head)
for _ = 1, number() do
  local subject = take()
  redis.call('RPUSH', base .. 'x:' .. subject, position .. take())
end
if head > before then redis.call('HSET', KEYS[1], 'head', head) end
redis.call('SET', turns, string.format('%d %d', turn, before), 'EX', ARGV[5])
if head > before then redis.call('PUBLISH', base .. 'head', head) end
state[2] = head
return answer('done', before)

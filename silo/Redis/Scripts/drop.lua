-- Takes back what a release applied, whole or not at all, and begins an epoch of this ledger. KEYS: meta, ledger.
-- ARGV: ledger as it was read, ledger as it is then, source, its watermark as it was read, its watermark then, position of the release's
-- record (0 for none: then only the watermark moves), what stays of it; then, each list with its length before it,
-- rows (subject, position of 8 bytes, what stays of it), subjects, groups: digest, then members that go and that come, each with its
-- place, then turns that go.
local base = string.sub(KEYS[1], 1, -5)
local state = redis.call('HMGET', KEYS[1], 'id', 'head', 'retired', 'from')
local at = 7

local function take()
  at = at + 1
  return ARGV[at]
end

local function number()
  return tonumber(take())
end

local function answer(kind)
  return { state[1], state[2], state[3], state[4], kind, redis.call('HGET', base .. 'w', ARGV[3]) or '' }
end

if state[1] ~= ARGV[1] then return answer('ledger') end
if (redis.call('HGET', base .. 'w', ARGV[3]) or '') ~= ARGV[4] then return answer('wrong') end
local record = tonumber(ARGV[6])
if record > 0 and record <= tonumber(state[3]) then return answer('wrong') end
redis.call('HSET', base .. 'w', ARGV[3], ARGV[5])
if record == 0 then return answer('done') end
redis.call('HSET', KEYS[2], ARGV[6], ARGV[7])

-- The row at a position, sought from the newest on: what is dropped is young.
local function place(rows, position)
  for i = redis.call('LLEN', rows) - 1, 0, -1 do
    local found = string.sub(redis.call('LINDEX', rows, i), 1, 8)
    if found == position then return i end
    if found < position then break end
  end
end

for _ = 1, number() do
  local rows, position, left = base .. 'x:' .. take(), take(), take()
  local i = place(rows, position)
  if i and left ~= '' then redis.call('LSET', rows, i, position .. left) end
  if i and left == '' then
    redis.call('LSET', rows, i, 'gone')
    redis.call('LREM', rows, -1, 'gone')
  end
end
for _ = 1, number() do
  local subject = take()
  local retired = redis.call('GET', base .. 'g:' .. subject)
  if retired then redis.call('SET', base .. 's:' .. subject, retired) else redis.call('DEL', base .. 's:' .. subject) end
end
for _ = 1, number() do
  local members = base .. 'lm:' .. take()
  for _ = 1, number() do
    local member = take()
    for _, found in ipairs(redis.call('ZRANGEBYLEX', members, '[' .. member, '[' .. member .. string.rep('\255', 8))) do
      if #found == #member + 8 then redis.call('ZREM', members, found) end
    end
  end
  for _ = 1, number() do redis.call('ZADD', members, 0, take()) end
  for _ = 1, number() do redis.call('ZREM', base .. 'lt', take()) end
end
redis.call('HSET', KEYS[1], 'id', ARGV[2], 'from', state[2])
state[1] = ARGV[2]
state[4] = state[2]
return answer('done')

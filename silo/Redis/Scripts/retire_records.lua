-- Removes the oldest records with their identifiers. KEYS: meta, ledger.
-- ARGV: ledger, head that the writer has seen, oldest position, newest that goes, owners: number, then each: name,
-- number of identifiers, identifiers.
local base = string.sub(KEYS[1], 1, -5)
local state = redis.call('HMGET', KEYS[1], 'id', 'head', 'retired', 'from', 'first')
local CHUNK = 1000

local function answer(kind)
  return { state[1], state[2], state[3], state[4], kind }
end

if state[1] ~= ARGV[1] or tonumber(state[2]) < tonumber(ARGV[2]) then return answer('ledger') end
-- Another node was quicker: what it removed may have come again since.
if state[5] ~= ARGV[3] then return answer('wrong') end
local at = 6
for _ = 1, tonumber(ARGV[5]) do
  local key, count = base .. 'i:' .. ARGV[at], tonumber(ARGV[at + 1])
  at = at + 2
  for start = 0, count - 1, CHUNK do
    redis.call('HDEL', key, unpack(ARGV, at + start, at + math.min(start + CHUNK, count) - 1))
  end
  at = at + count
end
local through = tonumber(ARGV[4])
for position = tonumber(ARGV[3]), through do redis.call('HDEL', KEYS[2], position) end
redis.call('HSET', KEYS[1], 'first', through + 1)
if through > tonumber(state[3]) then
  redis.call('HSET', KEYS[1], 'retired', through)
  state[3] = through
end
return answer('done')

-- Puts a snapshot in the place of a subject's oldest rows. KEYS: meta, rows, snapshot.
-- ARGV: ledger, head that the writer has seen, retired to, number of rows, position of the oldest (8 bytes), snapshot's position, snapshot.
local state = redis.call('HMGET', KEYS[1], 'id', 'head', 'retired', 'from')

local function answer(kind)
  return { state[1], state[2], state[3], state[4], kind }
end

if state[1] ~= ARGV[1] or tonumber(state[2]) < tonumber(ARGV[2]) then return answer('ledger') end
local count = tonumber(ARGV[4])
if count > 0 then
  local oldest = redis.call('LINDEX', KEYS[2], 0)
  if not oldest or string.sub(oldest, 1, 8) ~= ARGV[5] then return answer('wrong') end
  -- First, since it frees memory: a server that is full takes it.
  redis.call('LTRIM', KEYS[2], count, -1)
end
local stored = redis.call('GETRANGE', KEYS[3], 1, 8)
if stored == '' or struct.unpack('>I8', stored) < tonumber(ARGV[6]) then redis.call('SET', KEYS[3], ARGV[7]) end
if tonumber(ARGV[3]) > tonumber(state[3]) then
  redis.call('HSET', KEYS[1], 'retired', ARGV[3])
  state[3] = ARGV[3]
end
return answer('done')

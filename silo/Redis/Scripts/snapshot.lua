-- Writes a snapshot if it is newer than the stored one and not below what is retired. KEYS: meta, snapshot.
-- ARGV: ledger, head that the writer has seen, position, snapshot.
local state = redis.call('HMGET', KEYS[1], 'id', 'head', 'retired', 'from')

local function answer(kind)
  return { state[1], state[2], state[3], state[4], kind }
end

if state[1] ~= ARGV[1] or tonumber(state[2]) < tonumber(ARGV[2]) then return answer('ledger') end
local position = tonumber(ARGV[3])
if position < tonumber(state[3]) then return answer('old') end
local stored = redis.call('GETRANGE', KEYS[2], 1, 8)
if stored ~= '' and struct.unpack('>I8', stored) >= position then return answer('old') end
redis.call('SET', KEYS[2], ARGV[4])
return answer('done')

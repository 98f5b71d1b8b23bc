-- Writes a snapshot if it is newer than the stored one, not below what is retired, and of this epoch. KEYS: meta, snapshot.
-- ARGV: position, snapshot, ledger.
if redis.call('HGET', KEYS[1], 'id') ~= ARGV[3] then return 0 end
local position = tonumber(ARGV[1])
if position < tonumber(redis.call('HGET', KEYS[1], 'retired') or '0') then return 0 end
local stored = redis.call('GETRANGE', KEYS[2], 1, 8)
if stored ~= '' and struct.unpack('>I8', stored) >= position then return 0 end
redis.call('SET', KEYS[2], ARGV[2])
return 1

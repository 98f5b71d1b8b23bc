-- Opens a new epoch of a ledger that ends before a position. KEYS: meta. ARGV: identity that it had, identity that it gets, its epoch,
-- the position.
local state = redis.call('HMGET', KEYS[1], 'id', 'head')
if state[1] == ARGV[1] and tonumber(state[2]) < tonumber(ARGV[4]) then
  redis.call('HSET', KEYS[1], 'id', ARGV[2], 'from', state[2], 'from:' .. ARGV[3], state[2])
end
return redis.call('HMGET', KEYS[1], 'id', 'head', 'retired', 'from')

-- Up to which position what a ledger held in an epoch is still there. KEYS: meta. ARGV: the first epoch after it, the present one.
-- An epoch that began with a drop lost nothing, and names no position.
local state = redis.call('HMGET', KEYS[1], 'id', 'head', 'retired', 'from')
local survivor = tonumber(state[2])
for epoch = tonumber(ARGV[1]), tonumber(ARGV[2]) do
  survivor = math.min(survivor, tonumber(redis.call('HGET', KEYS[1], 'from:' .. epoch) or survivor))
end
return { state[1], state[2], state[3], state[4], survivor }

-- Opens a new epoch of a ledger that went back. KEYS: meta. ARGV: identity that it had, identity that it gets.
if redis.call('HGET', KEYS[1], 'id') == ARGV[1] then
  redis.call('HSET', KEYS[1], 'id', ARGV[2], 'from', redis.call('HGET', KEYS[1], 'head'))
end
return redis.call('HMGET', KEYS[1], 'id', 'head', 'retired', 'from')

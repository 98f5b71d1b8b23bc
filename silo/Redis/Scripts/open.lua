-- Opens a home's ledger; makes it if there is none. KEYS: meta. ARGV: identity of a new ledger, format of a new ledger.
if redis.call('HEXISTS', KEYS[1], 'id') == 0 then
  redis.call('HSET', KEYS[1], 'id', ARGV[1], 'format', ARGV[2], 'head', 0, 'first', 1, 'retired', 0, 'from', 0)
end
return redis.call('HMGET', KEYS[1], 'id', 'head', 'retired', 'from', 'format')

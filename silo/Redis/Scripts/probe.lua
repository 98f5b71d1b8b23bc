-- Whether the server takes a write. KEYS: meta. Gives the ledger's state.
redis.call('SET', string.sub(KEYS[1], 1, -5) .. 'probe', '', 'EX', 60)
return redis.call('HMGET', KEYS[1], 'id', 'head', 'retired', 'from')

-- Records above a position, at least one, then up to so many bytes. KEYS: meta, ledger. ARGV: position, bytes, newest position.
-- Gives the position of the first, then the records.
local state = redis.call('HMGET', KEYS[1], 'id', 'head', 'retired', 'from', 'first')
local from = math.max(tonumber(ARGV[1]) + 1, tonumber(state[5] or '1'))
local last = math.min(tonumber(state[2] or '0'), tonumber(ARGV[3]))
local records, bytes = {}, 0
for position = from, last do
  bytes = bytes + redis.call('HSTRLEN', KEYS[2], position)
  if #records > 0 and bytes > tonumber(ARGV[2]) then break end
  -- One that is not there is told as empty: no record is.
  records[#records + 1] = redis.call('HGET', KEYS[2], position) or ''
end
return { state[1], state[2], state[3], state[4], from, records }

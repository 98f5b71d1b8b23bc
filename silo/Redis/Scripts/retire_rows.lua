-- Puts a snapshot in the place of a subject's oldest rows. KEYS: meta, rows, snapshot, what was retired.
-- ARGV: ledger, head that the writer has seen, retired to, number of rows, position of the oldest (8 bytes), snapshot's position, snapshot;
-- position of what was retired and it, if it is told.
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

local function keep(key, position, snapshot)
  local stored = redis.call('GETRANGE', key, 1, 8)
  if stored == '' or struct.unpack('>I8', stored) < tonumber(position) then redis.call('SET', key, snapshot) end
end

keep(KEYS[3], ARGV[6], ARGV[7])
if ARGV[9] ~= '' then keep(KEYS[4], ARGV[8], ARGV[9]) end
if tonumber(ARGV[3]) > tonumber(state[3]) then
  redis.call('HSET', KEYS[1], 'retired', ARGV[3])
  state[3] = ARGV[3]
end
return answer('done')

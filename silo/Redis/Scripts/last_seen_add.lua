-- Adds to the index of what was last seen. KEYS: meta. ARGV: ledger, head that the writer has seen, position, then groups,
-- each: digest, newest hour with the group, from where on what was named together goes, and four lists with their lengths before
-- them: what was named together, members that go, members that come, turns.
local base = string.sub(KEYS[1], 1, -5)
local state = redis.call('HMGET', KEYS[1], 'id', 'head', 'retired', 'from')
local at = 3
local CHUNK = 500

local function answer(kind)
  return { state[1], state[2], state[3], state[4], kind }
end

if state[1] ~= ARGV[1] or tonumber(state[2]) < tonumber(ARGV[2]) then return answer('ledger') end

local function take()
  at = at + 1
  return ARGV[at]
end

local function members(key, command)
  local count = tonumber(take())
  for start = 0, count - 1, CHUNK do
    local some = {}
    for i = start, math.min(start + CHUNK, count) - 1 do
      if command == 'ZADD' then some[#some + 1] = 0 end
      some[#some + 1] = ARGV[at + i + 1]
    end
    redis.call(command, key, unpack(some))
  end
  at = at + count
end

while at < #ARGV do
  local digest, group, old = take(), take(), take()
  local stored = redis.call('HGET', base .. 'lg', digest)
  members(base .. 'ln:' .. digest, 'ZADD')
  if not stored or struct.unpack('>I4', stored) < struct.unpack('>I4', group) then
    redis.call('HSET', base .. 'lg', digest, group)
    redis.call('ZREMRANGEBYLEX', base .. 'ln:' .. digest, old, '+')
  end
  members(base .. 'lm:' .. digest, 'ZREM')
  members(base .. 'lm:' .. digest, 'ZADD')
  members(base .. 'lt', 'ZADD')
end
if tonumber(ARGV[3]) > tonumber(redis.call('HGET', KEYS[1], 'indexed') or '0') then
  redis.call('HSET', KEYS[1], 'indexed', ARGV[3])
end
return answer('done')

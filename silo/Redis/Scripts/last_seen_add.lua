-- Adds to the index of what was last seen, of this epoch. KEYS: meta. ARGV: position, ledger, then groups, each: digest, newest hour with the group, from where
-- on what was named together goes, and four lists with their lengths before them: what was named together, members that go, members that
-- come, turns.
local base = string.sub(KEYS[1], 1, -5)
local at = 2
local CHUNK = 500

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

if redis.call('HGET', KEYS[1], 'id') ~= ARGV[2] then return 0 end
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
if tonumber(ARGV[1]) > tonumber(redis.call('HGET', KEYS[1], 'indexed') or '0') then
  redis.call('HSET', KEYS[1], 'indexed', ARGV[1])
end
return 1

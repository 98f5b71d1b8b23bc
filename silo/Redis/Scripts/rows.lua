-- Rows of a subject. KEYS: meta, rows. ARGV: "up" or "down", a position, most rows, most bytes.
-- Up: those above the position, ascending, at least one. Down: those below it, descending.
local state = redis.call('HMGET', KEYS[1], 'id', 'head', 'retired', 'from')
local up, most, bytes = ARGV[1] == 'up', tonumber(ARGV[3]), tonumber(ARGV[4])
local above = tonumber(ARGV[2])
if not up then above = above - 1 end

local function position(i)
  return (struct.unpack('>I8', redis.call('LINDEX', KEYS[2], i)))
end

-- The first row above the position: sought from the newest on, since most readers know nearly all.
local count = redis.call('LLEN', KEYS[2])
local found, below, step = count, count - 1, 1
while below >= 0 and position(below) > above do
  found = below
  below = below - step
  step = step * 2
end
below = math.max(below, -1)
while found - below > 1 do
  local middle = math.floor((found + below) / 2)
  if position(middle) > above then found = middle else below = middle end
end

local CHUNK = 64
local rows = {}
while most > 0 and bytes > 0 do
  local some = math.min(CHUNK, most)
  local part
  if up then
    part = redis.call('LRANGE', KEYS[2], found, found + some - 1)
    found = found + some
  elseif found > 0 then
    part = redis.call('LRANGE', KEYS[2], math.max(0, found - some), found - 1)
    found = math.max(0, found - some)
  else
    part = {}
  end
  if #part == 0 then break end
  for i = 1, #part do
    local row = up and part[i] or part[#part - i + 1]
    rows[#rows + 1] = row
    bytes = bytes - #row
    if bytes <= 0 then break end
  end
  most = most - #part
end
return { state[1], state[2], state[3], state[4], rows }

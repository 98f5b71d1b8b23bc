-- What is known of owners' markings on observables. KEYS: meta. ARGV: pairs of the key of a set and a subject.
-- Gives for each: the set, if it is kept; the position of the subject's newest row; whether there is a snapshot.
local base = string.sub(KEYS[1], 1, -5)
local found = {}
for i = 1, #ARGV, 2 do
  local row = redis.call('LINDEX', base .. 'x:' .. ARGV[i + 1], -1)
  found[#found + 1] = redis.call('GET', base .. 'mo:' .. ARGV[i]) or ''
  found[#found + 1] = row and string.sub(row, 1, 8) or ''
  found[#found + 1] = redis.call('EXISTS', base .. 's:' .. ARGV[i + 1])
end
return found

-- Opens a new epoch of a ledger that holds less than a silo has seen. What this server itself holds decides: another may have told the silo.
-- KEYS: meta. ARGV: identity that the silo knows, identity of a new epoch, head that it has seen, head with which the epoch it knows began,
-- the new epoch.
local id, head = unpack(redis.call('HMGET', KEYS[1], 'id', 'head'))
-- Identity: a byte of version, 16 of the ledger, 4 of the epoch.
if id and string.sub(id, 1, 17) == string.sub(ARGV[1], 1, 17) then
  local epoch, known = struct.unpack('>I4', id, 18), struct.unpack('>I4', ARGV[1], 18)
  local from
  if epoch == known and tonumber(head) < tonumber(ARGV[3]) then from = head end
  -- An epoch that had ended came back: common with the known one is what lies below where that began.
  if epoch == known - 1 then from = math.min(tonumber(head), tonumber(ARGV[4])) end
  if epoch < known - 1 then from = 0 end
  if from then redis.call('HSET', KEYS[1], 'id', ARGV[2], 'from', from, 'from:' .. ARGV[5], from) end
end
return redis.call('HMGET', KEYS[1], 'id', 'head', 'retired', 'from')

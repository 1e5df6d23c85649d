-- Runs alone, without common.lua. The version of the keys that this library writes. Returns the
-- store's id, its version, and a number that no other client of the store has.
if redis.call('EXISTS', KEYS[1]) == 0 then
  local clock = redis.call('TIME')
  redis.call('HSET', KEYS[1], 'id', clock[1] .. '.' .. clock[2], 'version', ARGV[2])
end
local found = redis.call('HMGET', KEYS[1], 'id', 'version')
if found[2] ~= ARGV[2] then
  return {found[1], found[2], 0}
end
return {found[1], found[2], redis.call('HINCRBY', KEYS[1], 'clients', 1)}

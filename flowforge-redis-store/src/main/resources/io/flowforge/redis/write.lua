-- kind, key, revision it must have, token of the call, then the value unless it is to be deleted.
-- A record is kept as revision:token:value; the token tells that this very call was carried out.
local values, keys = prefix .. 'rv:' .. ARGV[2], prefix .. 'rk:' .. ARGV[2]
local key, revision, token, value = ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local found, writer = '0', false
local record = call('HGET', values, key)
if record then
  found, writer = string.match(record, '^(%d+):([^:]*):')
end
if writer == token then
  return 1
end
if found ~= revision then
  return 0
end
if value then
  call('HSET', values, key, text(revision + 1) .. ':' .. token .. ':' .. value)
  call('ZADD', keys, 0, key)
else
  call('HDEL', values, key)
  call('ZREM', keys, key)
end
return 1

-- event: id, name, correlation, payload, kept until.
local id, key, payload, ends = ARGV[2], join(ARGV[3]) .. ARGV[4], ARGV[5], ARGV[6]
sweep_events()
local known = call('HGET', prefix .. 'e:' .. id, 'n')
if known then
  if tonumber(call('ZSCORE', prefix .. 'eu', id)) > now then
    return tonumber(known)
  end
  forget_event(id)
end
local waits = call('SMEMBERS', prefix .. 'ew:' .. key)
for _, wait in ipairs(waits) do
  local colon = string.find(wait, ':', 1, true)
  local last = colon + tonumber(string.sub(wait, 1, colon - 1))
  local execution, path = string.sub(wait, colon + 1, last), string.sub(wait, last + 1)
  call('SREM', prefix .. 'xw:' .. execution, join(key, path))
  put_event(execution, id, path, payload)
end
call('UNLINK', prefix .. 'ew:' .. key)
if tonumber(ends) > now then
  call('HSET', prefix .. 'e:' .. id, 'n', #waits, 'k', key)
  call('ZADD', prefix .. 'eu', ends, id)
  if #waits == 0 then
    call('HSET', prefix .. 'e:' .. id, 'p', payload)
    call('ZADD', prefix .. 'ek:' .. key, call('HINCRBY', KEYS[1], 'events', 1), id)
  end
end
wake_all()
return #waits

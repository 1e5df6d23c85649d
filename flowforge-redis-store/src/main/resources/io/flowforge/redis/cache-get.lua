-- key. Its value and the milliseconds it has left; nothing when there are none.
local key = prefix .. 'c:' .. ARGV[2]
local left = call('PTTL', key)
if left < 1 then
  return {}
end
return {call('GET', key), left}

-- worker, most messages. For each execution its id and its messages, five values each.
local left = tonumber(ARGV[3])
local found = {}
for _, id in ipairs(call('ZRANGE', prefix .. 'mw:' .. ARGV[2], 0, left - 1)) do
  if left <= 0 then
    break
  end
  local values = call('LRANGE', prefix .. 'in:' .. id, 0, left * 5 - 1)
  found[#found + 1] = {id, values}
  left = left - #values / 5
end
return found

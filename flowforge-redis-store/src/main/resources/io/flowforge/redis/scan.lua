-- kind, lowest and highest key, most to give. Keys and records by turns.
local keys = call('ZRANGEBYLEX', prefix .. 'rk:' .. ARGV[2], ARGV[3], ARGV[4], 'LIMIT', 0, ARGV[5])
local found = {}
for _, key in ipairs(keys) do
  found[#found + 1] = key
  found[#found + 1] = call('HGET', prefix .. 'rv:' .. ARGV[2], key)
end
return found

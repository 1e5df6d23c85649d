-- member before which they ended, most to delete, statuses. Returns how many were deleted.
local function delete(status, member)
  local id = string.sub(member, 17)
  local x = prefix .. 'x:' .. id
  local head = call('HMGET', x, 'f', 't', 'a', 'sk')
  local started = head[4] .. id
  indexes(head[1], head[2], head[3], function(key)
    call('ZREM', key, started)
  end)
  call('ZREM', prefix .. 'is:' .. status, started)
  call('ZREM', prefix .. 'fin:' .. status, member)
  call('UNLINK', x, prefix .. 'j:' .. id, prefix .. 'in:' .. id, prefix .. 'mi:' .. id)
end

local left = tonumber(ARGV[3])
for i = 4, #ARGV do
  local members = call('ZRANGEBYLEX', prefix .. 'fin:' .. ARGV[i], '-', ARGV[2], 'LIMIT', 0, left)
  for _, member in ipairs(members) do
    delete(ARGV[i], member)
  end
  left = left - #members
end
return tonumber(ARGV[3]) - left

-- execution. Its head, pages and unread messages.
local id = ARGV[2]
return {head_of(id), call('LRANGE', prefix .. 'j:' .. id, 0, -1),
  call('LRANGE', prefix .. 'in:' .. id, 0, -1)}

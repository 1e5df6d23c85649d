-- key, value, milliseconds to keep it.
call('SET', prefix .. 'c:' .. ARGV[2], ARGV[3], 'PX', ARGV[4])
return 1

-- kind, key.
return call('HGET', prefix .. 'rv:' .. ARGV[2], ARGV[3])

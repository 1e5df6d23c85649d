-- worker, microseconds of its lease. The ids of all workers ever are kept, each with a number.
if call('ZSCORE', prefix .. 'workers', ARGV[2]) then
  return {'FENCED'}
end
call('ZADD', prefix .. 'workers', call('HINCRBY', KEYS[1], 'workers', 1), ARGV[2])
local ends = text(now + ARGV[3])
call('ZADD', prefix .. 'leases', ends, ARGV[2])
return {now_text, ends}

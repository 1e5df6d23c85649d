-- worker, microseconds of its lease.
if not lives(ARGV[2]) then
  return {'FENCED'}
end
local ends = text(now + ARGV[3])
call('ZADD', prefix .. 'leases', ends, ARGV[2])
return {now_text, ends}

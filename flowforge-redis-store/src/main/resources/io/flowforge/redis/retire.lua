-- worker, most executions to free. Returns whether there are more.
if not call('ZSCORE', prefix .. 'leases', ARGV[2]) then
  return 0
end
strip(ARGV[2], ARGV[3], false)
wake_all()
return call('EXISTS', prefix .. 'own:' .. ARGV[2])

-- execution, message: id, kind, name, payload.
local receipt = deliver(ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6])
wake_all()
return receipt

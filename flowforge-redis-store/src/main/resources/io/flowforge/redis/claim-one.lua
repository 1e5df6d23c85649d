-- worker, execution, token, then tokens of calls whose answers were lost.
local worker, id, token = ARGV[2], ARGV[3], ARGV[4]
if not lives(worker) then
  return {'FENCED'}
end
if bury() then
  wake_all()
  return {'MORE'}
end
local taken = {'TAKEN'}
local head = call('HMGET', prefix .. 'x:' .. id, 'w', 'st', 'ct', 'qs')
local held = head[4] and head[4] ~= '2'
if head[1] == '' and not final[head[2]] and not held then
  take(id, worker, token)
  taken[2] = head_of(id)
elseif head[1] == worker and head[3] and tokens_from(4)[head[3]] then
  taken[2] = head_of(id)
end
wake_all()
return taken

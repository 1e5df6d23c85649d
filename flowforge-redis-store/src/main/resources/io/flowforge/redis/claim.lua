-- worker, most to take, token, then tokens of calls whose answers were lost.
local worker, most, token = ARGV[2], tonumber(ARGV[3]), ARGV[4]
if not lives(worker) then
  return {'FENCED'}
end
local heads = {'TAKEN'}
if call('HGET', prefix .. 'tokens', worker) == token then
  taken_with(worker, {[token] = true}, heads)
  return heads
end
if bury() then
  wake_all()
  return {'MORE'}
end
sweep_events()
if #ARGV > 4 then
  taken_with(worker, tokens_from(5), heads)
end
join_lines(most)
local due = call('ZRANGEBYSCORE', prefix .. 'due', '-inf', now_text, 'LIMIT', 0, most)
for _, id in ipairs(due) do
  take(id, worker, token)
  heads[#heads + 1] = head_of(id)
end
call('HSET', prefix .. 'tokens', worker, token)
wake_all()
return heads

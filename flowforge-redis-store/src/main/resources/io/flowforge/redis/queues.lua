-- Places in queues. In an execution: q its queue, qs where it stands (0 to begin later, 1 in line, 2
-- admitted), qp its turn, qn its number in the order of acceptance, qm its limit, qw what it does
-- when the queue is full, qd whether it was displaced.

-- Admits who is next in a queue.
local function admit(queue)
  local line, admitted = prefix .. 'ql:' .. queue, prefix .. 'qa:' .. queue
  while true do
    local id = call('ZRANGE', line, 0, 0)[1]
    if not id then
      return
    end
    local x = prefix .. 'x:' .. id
    local head = call('HMGET', x, 'qm', 'qn', 'st', 'w')
    if call('ZCARD', admitted) >= tonumber(head[1]) then
      return
    end
    call('ZREM', line, id)
    call('ZADD', admitted, head[2], id)
    call('HSET', x, 'qs', '2')
    if head[4] == '' and head[3] ~= 'PARKED' then
      offer(id, now_text)
    end
  end
end

-- An execution has ended, or is taken out; the next ones are admitted.
local function leave_queue(id)
  local x = prefix .. 'x:' .. id
  local queue = call('HGET', x, 'q')
  if queue then
    call('HDEL', x, 'q', 'qs', 'qp', 'qn', 'qm', 'qw', 'qd')
    call('ZREM', prefix .. 'later', id)
    call('ZREM', prefix .. 'ql:' .. queue, id)
    call('ZREM', prefix .. 'qa:' .. queue, id)
    admit(queue)
  end
end

-- Whether a message leaves an execution asleep, because its turn has not come. A cancellation takes
-- it out of the line.
local function sleeps_on(id, stands, kind)
  if not stands or stands == '2' then
    return false
  end
  if kind == 'CANCEL' then
    leave_queue(id)
    return false
  end
  return true
end

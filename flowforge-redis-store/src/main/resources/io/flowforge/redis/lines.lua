-- The execution of a queue that makes room for another: the first of those admitted, then of those
-- in line, that was not displaced before.
local function oldest_of(queue, newer)
  for _, id in ipairs(call('ZRANGE', prefix .. 'qa:' .. queue, 0, -1)) do
    if call('HEXISTS', prefix .. 'x:' .. id, 'qd') == 0 then
      return id
    end
  end
  local oldest, lowest = false, math.huge
  for _, id in ipairs(call('ZRANGE', prefix .. 'ql:' .. queue, 0, -1)) do
    local head = call('HMGET', prefix .. 'x:' .. id, 'qn', 'qd')
    if id ~= newer and not head[2] and tonumber(head[1]) < lowest then
      oldest, lowest = id, tonumber(head[1])
    end
  end
  return oldest
end

local function displace_one(queue, newer)
  local oldest = oldest_of(queue, newer)
  if oldest then
    call('HSET', prefix .. 'x:' .. oldest, 'qd', '1')
    deliver(oldest, 'displaced by ' .. newer, 'CANCEL', '', '"a newer execution takes its place"')
  end
end

-- From now on an execution waits in line, unless it is admitted or refused at once.
local function join_line(id)
  local x = prefix .. 'x:' .. id
  local head = call('HMGET', x, 'q', 'qp', 'qw')
  local queue, full = head[1], head[3]
  local line = prefix .. 'ql:' .. queue
  call('HSET', x, 'qs', '1', 'ca', '0')
  call('ZADD', line, head[2], id)
  admit(queue)
  if call('HGET', x, 'qs') == '2' then
    return
  end
  if full == 'REFUSE' or full == 'WAIT_ALONE' and call('ZCARD', line) > 1 then
    leave_queue(id)
    call('HSET', x, 'r', 'FF-OVERLAP')
    offer(id, now_text)
  elseif full == 'DISPLACE' then
    displace_one(queue, id)
  end
end

-- Takes a new execution into a queue. The place is: queue, limit, what it does when the queue is
-- full, priority, and when it joins the line. A turn fits into a score: 2^42 numbers for each of
-- 2,001 priorities are less than 2^53.
local function enter_queue(id, joined)
  local place = split(joined)
  local x = prefix .. 'x:' .. id
  local number = call('HINCRBY', KEYS[1], 'queued', 1)
  call('ZREM', prefix .. 'due', id)
  call('HSET', x, 'q', place[1], 'qs', '0', 'qp', text(place[4] * 4398046511104 + number),
    'qn', text(number), 'qm', place[2], 'qw', place[3], 'ca', place[5])
  if tonumber(place[5]) > now then
    call('ZADD', prefix .. 'later', place[5], id)
  else
    join_line(id)
  end
end

-- Those whose time has come join their lines.
local function join_lines(most)
  for _, id in ipairs(call('ZRANGEBYSCORE', prefix .. 'later', '-inf', now_text, 'LIMIT', 0, most)) do
    call('ZREM', prefix .. 'later', id)
    join_line(id)
  end
end

-- Steps of executions. Each is: execution, worker, epoch, position, page, last message read, and
-- either an empty text or six counts: create, change, children, awaits, forgets, messages; then
-- these themselves, with a fixed number of arguments each.
local WIDTHS = {9, 7, 9, 3, 3, 5}

local function create(at)
  local id, flow, hash, tenant = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  local attributes, start, started, worker = ARGV[at + 4], ARGV[at + 5], ARGV[at + 6], ARGV[at + 7]
  local place = ARGV[at + 8]
  if place ~= '' or worker ~= '' and not lives(worker) then
    worker = ''
  end
  call('HSET', prefix .. 'x:' .. id, 'f', flow, 'h', hash, 't', tenant, 'a', attributes,
    's', start, 'st', 'PENDING', 'r', '', 'w', worker, 'e', '1', 'n', '0', 'rc', '0', 'ca', '0',
    'sk', started, 'fk', '')
  local member = started .. id
  indexes(flow, tenant, attributes, function(key)
    call('ZADD', key, 0, member)
  end)
  call('ZADD', prefix .. 'is:PENDING', 0, member)
  if place ~= '' then
    -- Its queue offers it.
    return
  end
  if worker == '' then
    offer(id, now_text)
  else
    call('SADD', prefix .. 'own:' .. worker, id)
  end
end

-- What stands before a page: its epoch, and the number that its worker was enlisted with.
local numbers = {}
local function stamp_of(worker, epoch)
  local number = numbers[worker]
  if not number then
    number = call('ZSCORE', prefix .. 'workers', worker) or '0'
    numbers[worker] = number
  end
  return epoch .. '.' .. number .. ':'
end

-- Whether that very page was written at a position, by that worker in that epoch.
local function written(id, position, stamp, page)
  return call('LINDEX', prefix .. 'j:' .. id, position - 1) == stamp .. page
end

local function trim_inbox(id, worker, read)
  local inbox = prefix .. 'in:' .. id
  local first = call('LINDEX', inbox, 0)
  if first and tonumber(first) <= read then
    call('LTRIM', inbox, (read - tonumber(first) + 1) * 5, -1)
    if call('EXISTS', inbox) == 0 then
      call('ZREM', prefix .. 'mw:' .. worker, id)
    end
  end
end

local function wait_member(id, path)
  return join(id) .. path
end

local function end_waits(id)
  local waits = call('SMEMBERS', prefix .. 'xw:' .. id)
  for _, wait in ipairs(waits) do
    local parts = split(wait)
    call('SREM', prefix .. 'ew:' .. parts[1], wait_member(id, parts[2]))
  end
  call('UNLINK', prefix .. 'xw:' .. id)
end

local function finish(id, status, finished)
  call('HSET', prefix .. 'x:' .. id, 'fk', finished)
  call('ZADD', prefix .. 'fin:' .. status, 0, finished .. id)
  end_waits(id)
  call('UNLINK', prefix .. 'in:' .. id)
  leave_queue(id)
end

local function change(id, worker, before, started, at)
  local status, reason, progressed, release = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  local x = prefix .. 'x:' .. id
  if status ~= before then
    call('ZREM', prefix .. 'is:' .. before, started .. id)
    call('ZADD', prefix .. 'is:' .. status, 0, started .. id)
  end
  call('HSET', x, 'st', status, 'r', reason)
  if ARGV[at + 6] ~= '' then
    call('HSET', x, 'h', ARGV[at + 6])
  end
  if progressed == '1' then
    call('HSET', x, 'rc', '0')
  end
  if final[status] or release == '1' then
    call('HSET', x, 'w', '')
    call('SREM', prefix .. 'own:' .. worker, id)
    call('ZREM', prefix .. 'mw:' .. worker, id)
    if final[status] then
      finish(id, status, ARGV[at + 5])
    elseif ARGV[at + 4] ~= '0' then
      offer(id, ARGV[at + 4])
    end
  end
end

-- The oldest event that is kept for the first that waits for it; false when there is none.
local function take_kept(key)
  while true do
    local id = call('ZRANGE', prefix .. 'ek:' .. key, 0, 0)[1]
    if not id then
      return false
    end
    call('ZREM', prefix .. 'ek:' .. key, id)
    local ends = call('ZSCORE', prefix .. 'eu', id)
    if ends and tonumber(ends) > now then
      return id
    end
  end
end

local function await(id, at)
  local key, path = join(ARGV[at]) .. ARGV[at + 1], ARGV[at + 2]
  local kept = take_kept(key)
  if kept then
    local payload = call('HGET', prefix .. 'e:' .. kept, 'p')
    call('HDEL', prefix .. 'e:' .. kept, 'p')
    put_event(id, kept, path, payload)
  else
    call('SADD', prefix .. 'ew:' .. key, wait_member(id, path))
    call('SADD', prefix .. 'xw:' .. id, join(key, path))
  end
end

local function forget(id, at)
  local key, path = join(ARGV[at]) .. ARGV[at + 1], ARGV[at + 2]
  call('SREM', prefix .. 'ew:' .. key, wait_member(id, path))
  call('SREM', prefix .. 'xw:' .. id, join(key, path))
end

-- What comes with a page: where each part begins, and how many there are.
local function apply(id, worker, before, started, read, starts, counts)
  if read > 0 then
    trim_inbox(id, worker, read)
  end
  local ended = false
  if counts[2] == 1 then
    change(id, worker, before, started, starts[2])
    ended = final[ARGV[starts[2]]]
  end
  for i = 0, counts[3] - 1 do
    local at = starts[3] + i * WIDTHS[3]
    if call('EXISTS', prefix .. 'x:' .. ARGV[at]) == 0 then
      create(at)
      if ARGV[at + 8] ~= '' then
        enter_queue(ARGV[at], ARGV[at + 8])
      end
    end
  end
  for i = 0, counts[5] - 1 do
    forget(id, starts[5] + i * WIDTHS[5])
  end
  if not ended then
    for i = 0, counts[4] - 1 do
      await(id, starts[4] + i * WIDTHS[4])
    end
  end
  for i = 0, counts[6] - 1 do
    local at = starts[6] + i * WIDTHS[6]
    deliver(ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4])
  end
end

-- Whether a step that gives the execution up would leave messages unread. One that parks it may.
local function unread(id, read, starts, counts)
  if not counts or counts[2] == 0 then
    return false
  end
  local at = starts[2]
  if not final[ARGV[at]] and (ARGV[at + 3] ~= '1' or ARGV[at] == 'PARKED') then
    return false
  end
  local last = call('LINDEX', prefix .. 'in:' .. id, -5)
  return last and tonumber(last) > read
end

local function first_step(step)
  local id, worker = step.id, step.worker
  local stamp = stamp_of(worker, '1')
  if call('EXISTS', prefix .. 'x:' .. id) == 1 then
    return written(id, 1, stamp, ARGV[step.at + 4]) and 'APPLIED' or 'EXISTS'
  end
  if not lives(worker) then
    return 'FENCED'
  end
  create(step.starts[1])
  call('RPUSH', prefix .. 'j:' .. id, stamp .. ARGV[step.at + 4])
  apply(id, worker, 'PENDING', ARGV[step.starts[1] + 6], 0, step.starts, step.counts)
  local place = ARGV[step.starts[1] + 8]
  if place ~= '' and not final[call('HGET', prefix .. 'x:' .. id, 'st')] then
    enter_queue(id, place)
  end
  return 'APPLIED'
end

local function next_step(step)
  local id, worker, epoch, position = step.id, step.worker, step.epoch, step.position
  local stamp = stamp_of(worker, epoch)
  if not step.owned or step.length + 1 ~= position then
    return written(id, position, stamp, ARGV[step.at + 4]) and 'APPLIED' or 'FENCED'
  end
  local starts, counts, read = step.starts, step.counts, tonumber(ARGV[step.at + 5])
  if unread(id, read, starts, counts) then
    return 'UNREAD'
  end
  call('RPUSH', prefix .. 'j:' .. id, stamp .. ARGV[step.at + 4])
  if counts then
    apply(id, worker, step.status, step.started, read, starts, counts)
  elseif read > 0 then
    trim_inbox(id, worker, read)
  end
  return 'APPLIED'
end

-- Whether the worker owns the execution, and how many pages that has.
local function look(step)
  local head = call('HMGET', prefix .. 'x:' .. step.id, 'w', 'e', 'st', 'sk')
  step.found = head[2]
  step.owned = head[1] == step.worker and head[2] == step.epoch and lives(step.worker)
  if step.owned then
    step.status, step.started = head[3], head[4]
    step.length = call('LLEN', prefix .. 'j:' .. step.id)
  end
end

local function parse(at)
  local step = {at = at, after = at + 7, id = ARGV[at], worker = ARGV[at + 1],
    epoch = ARGV[at + 2], position = tonumber(ARGV[at + 3])}
  if ARGV[at + 6] ~= '' then
    step.starts, step.counts = {}, {}
    for count in string.gmatch(ARGV[at + 6], '%d+') do
      local part = #step.counts + 1
      step.starts[part] = step.after
      step.counts[part] = tonumber(count)
      step.after = step.after + step.counts[part] * WIDTHS[part]
    end
  end
  step.first = step.counts and step.counts[1] == 1
  return step
end

-- All of them are looked at first: a call that is refused as a whole must leave nothing behind.
local steps, at = {}, 2
while at <= #ARGV do
  local step = parse(at)
  steps[#steps + 1] = step
  at = step.after
  if not step.first then
    look(step)
    if step.owned and step.position > step.length + 1 then
      return {'GAP'}
    end
  end
end

local results = {}
for i, step in ipairs(steps) do
  if step.first then
    results[i] = first_step(step)
  else
    if not step.found then
      -- An earlier step may have created it.
      look(step)
    end
    results[i] = next_step(step)
  end
end
wake_all()
return results

-- Steps of executions. First a worker, and how many pages it writes of executions where it wrote
-- the page before as well; each is: execution, epoch, position, page. Behind them come all other
-- steps. Each is: execution, worker, epoch, position, page, last message read, and either an empty
-- text or six counts: create, change, children, awaits, forgets, messages; then these themselves,
-- with a fixed number of arguments each.
--
-- The answer: for each of those pages that needed a closer look its number and what became of it,
-- after how many there are of these; then what became of each of the other steps.
local WIDTHS = {9, 7, 9, 3, 3, 5}

local function create(at, status, reason)
  local id, flow, hash, tenant = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
  local attributes, start, started, worker = ARGV[at + 4], ARGV[at + 5], ARGV[at + 6], ARGV[at + 7]
  local place = ARGV[at + 8]
  if place ~= '' or worker ~= '' and not lives(worker) then
    worker = ''
  end
  call('HSET', prefix .. 'x:' .. id, 'f', flow, 'h', hash, 't', tenant, 'a', attributes,
    's', start, 'st', status, 'r', reason, 'w', worker, 'e', '1', 'n', '0', 'rc', '0', 'ca', '0',
    'sk', started, 'fk', '')
  local member = started .. id
  indexes(flow, tenant, attributes, function(key)
    call('ZADD', key, 0, member)
  end)
  call('ZADD', prefix .. 'is:' .. status, 0, member)
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
  if #waits == 0 then
    return
  end
  for _, wait in ipairs(waits) do
    local parts = split(wait)
    call('SREM', prefix .. 'ew:' .. parts[1], wait_member(id, parts[2]))
  end
  call('UNLINK', prefix .. 'xw:' .. id)
end

-- Whether a change at a place leaves the execution to its worker.
local function keeps(at)
  return not final[ARGV[at]] and ARGV[at + 3] ~= '1'
end

-- The new head of an execution. What an execution without an inbox or a queue cannot have needs no
-- removal.
local function change(step, at)
  local id, status, finished = step.id, ARGV[at], ARGV[at + 5]
  if status ~= step.status then
    call('ZREM', prefix .. 'is:' .. step.status, step.started .. id)
    call('ZADD', prefix .. 'is:' .. status, 0, step.started .. id)
  end
  local values = {'st', status, 'r', ARGV[at + 1]}
  local function set(name, value)
    values[#values + 1] = name
    values[#values + 1] = value
  end
  if ARGV[at + 6] ~= '' then
    set('h', ARGV[at + 6])
  end
  if ARGV[at + 2] == '1' then
    set('rc', '0')
  end
  if final[status] then
    set('fk', finished)
  end
  if not keeps(at) then
    set('w', '')
    call('SREM', prefix .. 'own:' .. step.worker, id)
    if step.inbox then
      call('ZREM', prefix .. 'mw:' .. step.worker, id)
    end
  end
  call('HSET', prefix .. 'x:' .. id, unpack(values))
  if final[status] then
    call('ZADD', prefix .. 'fin:' .. status, 0, finished .. id)
    end_waits(id)
    if step.inbox then
      call('UNLINK', prefix .. 'in:' .. id)
    end
    if step.queue then
      leave_queue(id)
    end
  elseif ARGV[at + 3] == '1' and ARGV[at + 4] ~= '0' then
    offer(id, ARGV[at + 4])
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
local function apply(step)
  local id, starts, counts = step.id, step.starts, step.counts
  if step.read > 0 then
    trim_inbox(id, step.worker, step.read)
  end
  local ended = false
  if counts[2] == 1 then
    change(step, starts[2])
    ended = final[ARGV[starts[2]]]
  end
  for i = 0, counts[3] - 1 do
    local at = starts[3] + i * WIDTHS[3]
    if call('EXISTS', prefix .. 'x:' .. ARGV[at]) == 0 then
      create(at, 'PENDING', '')
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
local function unread(step)
  if not step.counts or step.counts[2] == 0 or keeps(step.starts[2]) then
    return false
  end
  local last = call('LINDEX', prefix .. 'in:' .. step.id, -5)
  step.inbox = last
  return ARGV[step.starts[2]] ~= 'PARKED' and last and tonumber(last) > step.read
end

local function first_step(step)
  local id, worker, at = step.id, step.worker, step.starts[1]
  local stamp = stamp_of(worker, '1')
  if call('EXISTS', prefix .. 'x:' .. id) == 1 then
    return written(id, 1, stamp, step.page) and 'APPLIED' or 'EXISTS'
  end
  if not lives(worker) then
    return 'FENCED'
  end
  local place, changes = ARGV[at + 8], step.starts[2]
  step.status, step.started = 'PENDING', ARGV[at + 6]
  if place == '' and step.counts[2] == 1 and keeps(changes) and ARGV[changes + 6] == '' then
    -- It has that status from the start.
    step.status = ARGV[changes]
    step.counts[2] = 0
    create(at, step.status, ARGV[changes + 1])
  else
    create(at, 'PENDING', '')
  end
  call('RPUSH', prefix .. 'j:' .. id, stamp .. step.page)
  apply(step)
  if place ~= '' and not final[call('HGET', prefix .. 'x:' .. id, 'st')] then
    enter_queue(id, place)
  end
  return 'APPLIED'
end

local function next_step(step)
  local id, position = step.id, step.position
  local stamp = stamp_of(step.worker, step.epoch)
  if not step.owned or step.length + 1 ~= position then
    return written(id, position, stamp, step.page) and 'APPLIED' or 'FENCED'
  end
  if unread(step) then
    return 'UNREAD'
  end
  call('RPUSH', prefix .. 'j:' .. id, stamp .. step.page)
  if step.counts then
    apply(step)
  elseif step.read > 0 then
    trim_inbox(id, step.worker, step.read)
  end
  return 'APPLIED'
end

-- Whether the worker owns the execution, and how many pages that has.
local function look(step)
  local head = call('HMGET', prefix .. 'x:' .. step.id, 'w', 'e', 'st', 'sk', 'q')
  step.found = head[2]
  step.owned = head[1] == step.worker and head[2] == step.epoch and lives(step.worker)
  if step.owned then
    step.status, step.started, step.queue = head[3], head[4], head[5]
    step.length = call('LLEN', prefix .. 'j:' .. step.id)
  end
end

local function leaves_gap(step)
  return step.owned and step.position > step.length + 1
end

local function parse(at)
  local step = {after = at + 7, id = ARGV[at], worker = ARGV[at + 1], epoch = ARGV[at + 2],
    position = tonumber(ARGV[at + 3]), page = ARGV[at + 4], read = tonumber(ARGV[at + 5])}
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

-- A call that is refused as a whole must leave nothing behind. So all are looked at first, but for
-- the pages that are known to be next: of these the length afterwards tells whether they were, and
-- one that was not is taken back for a closer look.
local owner, journal, others = ARGV[2], prefix .. 'j:', 4 + ARGV[3] * 4
local function look_closer(at)
  local step = {number = at / 4, id = ARGV[at], worker = owner, epoch = ARGV[at + 1],
    position = tonumber(ARGV[at + 2]), page = ARGV[at + 3], read = 0}
  look(step)
  return step
end

local steps, at = {}, others
while at <= #ARGV do
  local step = parse(at)
  steps[#steps + 1] = step
  at = step.after
  if not step.first then
    look(step)
    if leaves_gap(step) then
      return {'GAP'}
    end
  end
end

local closer, back = {}, {}
for at = 4, others - 4, 4 do
  local wrong = not lives(owner)
  if not wrong then
    local key, page = journal .. ARGV[at], stamp_of(owner, ARGV[at + 1]) .. ARGV[at + 3]
    if call('RPUSH', key, page) ~= tonumber(ARGV[at + 2]) then
      call('RPOP', key)
      wrong = true
    end
  end
  if wrong then
    closer[#closer + 1] = look_closer(at)
    back[at] = true
    if leaves_gap(closer[#closer]) then
      for written = 4, at - 4, 4 do
        if not back[written] then
          call('RPOP', journal .. ARGV[written])
        end
      end
      return {'GAP'}
    end
  end
end

local results = {#closer}
for _, step in ipairs(closer) do
  results[#results + 1] = step.number
  results[#results + 1] = next_step(step)
end
for _, step in ipairs(steps) do
  if step.first then
    results[#results + 1] = first_step(step)
  else
    if not step.found then
      -- An earlier step may have created it.
      look(step)
    end
    results[#results + 1] = next_step(step)
  end
end
wake_all()
return results

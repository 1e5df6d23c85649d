-- Tells the processes what is new: the id of a worker that has a message, or * for an execution
-- that may be claimed.
local woken = {}
local function wake_all()
  for whom in pairs(woken) do
    call('PUBLISH', prefix .. 'wake', whom)
  end
end

-- An execution that nobody owns may be claimed from then on.
local function offer(id, from)
  call('HSET', prefix .. 'x:' .. id, 'ca', from)
  call('ZADD', prefix .. 'due', from, id)
  if tonumber(from) <= now then
    woken['*'] = true
  end
end

-- Takes an execution from its worker; returns whether that owned it.
local function set_free(id, worker, recovered)
  local x = prefix .. 'x:' .. id
  if call('HGET', x, 'w') ~= worker then
    return
  end
  call('HSET', x, 'w', '')
  call('HINCRBY', x, 'e', 1)
  if recovered then
    call('HINCRBY', x, 'rc', 1)
  end
  offer(id, now_text)
end

-- Frees what a worker owns, at most so many; forgets the worker when nothing is left.
local function strip(worker, most, recovered)
  local ids = call('SPOP', prefix .. 'own:' .. worker, most)
  for _, id in ipairs(ids) do
    set_free(id, worker, recovered)
  end
  if call('EXISTS', prefix .. 'own:' .. worker) == 0 then
    call('ZREM', prefix .. 'leases', worker)
    call('UNLINK', prefix .. 'mw:' .. worker)
    call('HDEL', prefix .. 'tokens', worker)
  end
  return #ids
end

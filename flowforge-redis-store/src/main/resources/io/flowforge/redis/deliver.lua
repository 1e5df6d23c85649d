-- Puts a message into the inbox of an execution that has not ended, whatever the message's id.
local function put(id, message, kind, name, payload)
  local x = prefix .. 'x:' .. id
  local head = call('HMGET', x, 'st', 'w', 'ca', 'qs')
  call('SADD', prefix .. 'mi:' .. id, message)
  local number = text(call('HINCRBY', x, 'n', 1))
  call('RPUSH', prefix .. 'in:' .. id, number, message, kind, name, payload)
  if head[2] ~= '' then
    call('ZADD', prefix .. 'mw:' .. head[2], 'NX', now_text, id)
    woken[head[2]] = true
  elseif head[1] ~= 'PARKED' and (head[3] == '0' or tonumber(head[3]) > now)
      and not sleeps_on(id, head[4], kind) then
    offer(id, now_text)
  end
end

local function deliver(id, message, kind, name, payload)
  local status = call('HGET', prefix .. 'x:' .. id, 'st')
  if not status then
    return 'UNKNOWN'
  end
  -- First of all: who sends again because an answer was lost wants to hear of the first message.
  if call('SISMEMBER', prefix .. 'mi:' .. id, message) == 1 then
    return 'DUPLICATE'
  end
  if final[status] then
    return 'FINAL'
  end
  put(id, message, kind, name, payload)
  return 'STORED'
end

-- Brings a kept or published event to one wait. Only the event's own id must be new.
local function put_event(id, event, path, payload)
  local message = 'event ' .. event .. ' ' .. path
  if #message > 512 then
    message = 'event ' .. redis.sha1hex(message)
  end
  put(id, message, 'EVENT', path, payload)
end

local function forget_event(id)
  local key = call('HGET', prefix .. 'e:' .. id, 'k')
  if key then
    call('ZREM', prefix .. 'ek:' .. key, id)
  end
  call('UNLINK', prefix .. 'e:' .. id)
  call('ZREM', prefix .. 'eu', id)
end

-- Forgets some of the events whose time is over.
local function sweep_events()
  local over = call('ZRANGEBYSCORE', prefix .. 'eu', '-inf', now_text, 'LIMIT', 0, 100)
  for _, id in ipairs(over) do
    forget_event(id)
  end
end

local BATCH = 1000

-- Frees executions of dead workers; returns whether there are more than one script should free.
local function bury()
  local left = BATCH
  while left > 0 do
    local dead = call('ZRANGEBYSCORE', prefix .. 'leases', '-inf', now_text, 'LIMIT', 0, 1)[1]
    if not dead then
      return false
    end
    left = left - math.max(1, strip(dead, left, true))
  end
  return true
end

-- A worker becomes the owner of an execution. The token names the call, so that a call whose answer
-- was lost can be answered again.
local function take(id, worker, token)
  local x = prefix .. 'x:' .. id
  call('HSET', x, 'w', worker, 'ca', '0', 'ct', token)
  call('HINCRBY', x, 'e', 1)
  call('ZREM', prefix .. 'due', id)
  call('SADD', prefix .. 'own:' .. worker, id)
  if call('EXISTS', prefix .. 'in:' .. id) == 1 then
    call('ZADD', prefix .. 'mw:' .. worker, 'NX', now_text, id)
  end
end

-- Adds the heads of what a worker has taken with one of some tokens and owns still.
local function taken_with(worker, tokens, heads)
  for _, id in ipairs(call('SMEMBERS', prefix .. 'own:' .. worker)) do
    local token = call('HGET', prefix .. 'x:' .. id, 'ct')
    if token and tokens[token] then
      heads[#heads + 1] = head_of(id)
    end
  end
end

-- The tokens of lost calls, from an argument on.
local function tokens_from(at)
  local tokens = {}
  for i = at, #ARGV do
    tokens[ARGV[i]] = true
  end
  return tokens
end

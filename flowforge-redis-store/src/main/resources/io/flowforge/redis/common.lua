-- Stands before every script. KEYS[1] is the key of the store's facts, by which a cluster finds the
-- node; all other keys have the same hash tag. ARGV[1] is the store's id, made when its first key
-- was written: when it differs, the data behind us is not the data we were opened on.
--
-- Numbers that can pass 2^53 stay texts; "now" does not before the year 2255.
local call = redis.call
local prefix = string.sub(KEYS[1], 1, -5)
if call('HGET', KEYS[1], 'id') ~= ARGV[1] then
  return redis.error_reply('FFLOST the keys of this store are gone')
end

local function text(number)
  return string.format('%.0f', number)
end

local clock = call('TIME')
local now = clock[1] * 1000000 + clock[2]
local now_text = text(now)
local final = {COMPLETED = true, FAILED = true, CANCELLED = true}

-- Joins texts so that no two lists of texts give the same one.
local function join(...)
  local out = {}
  for i, part in ipairs({...}) do
    out[i] = #part .. ':' .. part
  end
  return table.concat(out)
end

local function split(joined)
  local out, at = {}, 1
  while at <= #joined do
    local colon = string.find(joined, ':', at, true)
    local last = colon + tonumber(string.sub(joined, at, colon - 1))
    out[#out + 1] = string.sub(joined, colon + 1, last)
    at = last + 1
  end
  return out
end

-- Whether a worker's lease has not ended; asked once for each.
local living = {}
local function lives(worker)
  local known = living[worker]
  if known == nil then
    local ends = call('ZSCORE', prefix .. 'leases', worker)
    known = ends and tonumber(ends) > now or false
    living[worker] = known
  end
  return known
end

-- The head of an execution in the order in which Heads reads it; false when there is none.
local function head_of(id)
  local head = call('HMGET', prefix .. 'x:' .. id, 'f', 'h', 't', 'a', 's', 'st', 'r', 'w', 'e',
    'n', 'rc', 'ca', 'sk', 'fk')
  if not head[1] then
    return false
  end
  head[15] = text(call('LLEN', prefix .. 'j:' .. id))
  head[16] = id
  return head
end

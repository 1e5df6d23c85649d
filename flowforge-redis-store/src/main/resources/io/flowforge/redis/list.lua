-- highest and lowest member, most to give, most to walk, flow, tenant (= and a value), statuses and
-- attributes (joined), then groups of indexes (joined): whatever is wanted stands in an index of
-- each group. Walks the shortest group; returns from where to go on, or an empty text, and the heads.
local CHUNK = 100
local high, low = ARGV[2], ARGV[3]
local most, steps = tonumber(ARGV[4]), tonumber(ARGV[5])
local flow, tenant = ARGV[6], ARGV[7]
local attributes = split(ARGV[9])
local statuses = false
for _, status in ipairs(split(ARGV[8])) do
  statuses = statuses or {}
  statuses[status] = true
end

local function has(head)
  if flow ~= '' and head[1] ~= flow then
    return false
  end
  if tenant ~= '' and '=' .. head[3] ~= tenant then
    return false
  end
  if statuses and not statuses[head[6]] then
    return false
  end
  if #attributes == 0 then
    return true
  end
  local found = {}
  local parts = split(head[4])
  for i = 1, #parts, 2 do
    found[parts[i]] = parts[i + 1]
  end
  for i = 1, #attributes, 2 do
    if found[attributes[i]] ~= attributes[i + 1] then
      return false
    end
  end
  return true
end

-- Sixteen digits and an id as two numbers and the id: Lua compares texts by the server's locale.
local function key_of(member)
  return {tonumber(string.sub(member, 1, 8), 16), tonumber(string.sub(member, 9, 16), 16), member}
end

local function newer(one, other)
  if one[1] ~= other[1] then
    return one[1] > other[1]
  end
  if one[2] ~= other[2] then
    return one[2] > other[2]
  end
  local a, b = one[3], other[3]
  for i = 17, math.min(#a, #b) do
    local x, y = string.byte(a, i), string.byte(b, i)
    if x ~= y then
      return x > y
    end
  end
  return #a > #b
end

local group, shortest = {'i'}, math.huge
for i = 10, #ARGV do
  local keys, size = split(ARGV[i]), 0
  for _, key in ipairs(keys) do
    size = size + call('ZCARD', prefix .. key)
  end
  if size < shortest then
    group, shortest = keys, size
  end
end

-- The next members of all indexes of the group, newest first.
local function next_members()
  if #group == 1 then
    return call('ZREVRANGEBYLEX', prefix .. group[1], high, low, 'LIMIT', 0, CHUNK)
  end
  local keys, members = {}, {}
  for _, key in ipairs(group) do
    local some = call('ZREVRANGEBYLEX', prefix .. key, high, low, 'LIMIT', 0, CHUNK)
    for _, member in ipairs(some) do
      keys[#keys + 1] = key_of(member)
    end
  end
  table.sort(keys, newer)
  for i = 1, math.min(#keys, CHUNK) do
    members[i] = keys[i][3]
  end
  return members
end

local found = {''}
while steps > 0 do
  local members = next_members()
  for _, member in ipairs(members) do
    local head = head_of(string.sub(member, 17))
    if head and has(head) then
      found[#found + 1] = head
      if #found > most then
        return found
      end
    end
  end
  if #members < CHUNK then
    return found
  end
  steps = steps - CHUNK
  high = '(' .. members[CHUNK]
end
found[1] = high
return found

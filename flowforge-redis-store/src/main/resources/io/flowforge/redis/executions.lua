-- The sorted sets by which an execution is found. All their scores are 0, so that their order is
-- that of the members' bytes: sixteen digits of the start time, and then the id.
local function indexes(flow, tenant, attributes, each)
  each(prefix .. 'i')
  each(prefix .. 'if:' .. flow)
  if tenant ~= '' then
    each(prefix .. 'it:' .. tenant)
  end
  local parts = split(attributes)
  for i = 1, #parts, 2 do
    each(prefix .. 'ia:' .. join(parts[i]) .. parts[i + 1])
  end
end

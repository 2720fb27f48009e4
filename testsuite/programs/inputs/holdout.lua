-- SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
-- Other things than the training script does: an expression parser, a grid
-- automaton, closures over streams, edit distance, particles. Argument: rounds.

local seed = 987
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n
end

local function expression(depth)
  if depth == 0 then return tostring(1 + random(99)) end
  local operator = ({ "+", "-", "*" })[1 + random(3)]
  return "(" .. expression(depth - 1) .. " " .. operator .. " " .. expression(depth - 1) .. ")"
end

local function evaluate(text)
  local at = 1
  local function item()
    local from, to, number = text:find("^%s*(%d+)%s*", at)
    if from then
      at = to + 1
      return tonumber(number)
    end
    at = text:match("^%s*%(()", at)
    local left = item()
    local operator = text:sub(at, at)
    at = at + 1
    local right = item()
    at = text:match("^%s*%)%s*()", at)
    if operator == "+" then return (left + right) % 1000007 end
    if operator == "-" then return (left - right) % 1000007 end
    return (left * right) % 1000007
  end
  return item()
end

local function automaton(size, steps)
  local cells = {}
  for i = 0, size * size - 1 do cells[i] = random(3) == 0 and 1 or 0 end
  for _ = 1, steps do
    local following = {}
    for y = 0, size - 1 do
      local above, here, below = ((y - 1) % size) * size, y * size, ((y + 1) % size) * size
      for x = 0, size - 1 do
        local l, r = (x - 1) % size, (x + 1) % size
        local n = cells[above + l] + cells[above + x] + cells[above + r] + cells[here + l]
          + cells[here + r] + cells[below + l] + cells[below + x] + cells[below + r]
        following[here + x] = (n == 3 or (n == 2 and cells[here + x] == 1)) and 1 or 0
      end
    end
    cells = following
  end
  local alive, mix = 0, 0
  for i = 0, size * size - 1 do
    alive = alive + cells[i]
    mix = (mix * 3 + cells[i]) % 1000003
  end
  return alive, mix
end

local function naturals(limit)
  local n = 0
  return function()
    if n < limit then n = n + 1 return n end
  end
end
local function map(stream, f)
  return function()
    local value = stream()
    if value ~= nil then return f(value) end
  end
end
local function filter(stream, keep)
  return function()
    local value = stream()
    while value ~= nil and not keep(value) do value = stream() end
    return value
  end
end

local function distance(a, b)
  local previous = {}
  for j = 0, #b do previous[j] = j end
  for i = 1, #a do
    local current, letter = { [0] = i }, a:byte(i)
    for j = 1, #b do
      local cost = letter == b:byte(j) and 0 or 1
      current[j] = math.min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + cost)
    end
    previous = current
  end
  return previous[#b]
end

local function particles(count, steps)
  local all = {}
  for i = 1, count do
    all[i] = { x = random(1000) / 10, y = random(1000) / 10, u = 0.0, v = 0.0 }
  end
  for _ = 1, steps do
    for i = 1, count do
      local p = all[i]
      for j = i + 1, count do
        local q = all[j]
        local dx, dy = q.x - p.x, q.y - p.y
        local force = 1 / (dx * dx + dy * dy + 1)
        p.u, p.v = p.u + dx * force, p.v + dy * force
        q.u, q.v = q.u - dx * force, q.v - dy * force
      end
    end
    for _, p in ipairs(all) do p.x, p.y = p.x + p.u * 0.01, p.y + p.v * 0.01 end
  end
  local energy = 0.0
  for _, p in ipairs(all) do energy = energy + p.u * p.u + p.v * p.v end
  return energy
end

local rounds = tonumber(arg[1])
for round = 1, rounds do
  print(round, evaluate(expression(11)), automaton(48, 12))
  local sum = 0
  for value in filter(map(naturals(30000), function(n) return n * n % 1013 end), function(n) return n % 3 == 1 end) do
    sum = sum + value
  end
  local left, right = expression(5), expression(5)
  print(sum, distance(left, right), string.format("%.17g", particles(60, 12)))
end

-- SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
-- Tables, strings, closures and floats: word counting, an n-queens search,
-- a heap, string building, a small matrix product. Argument: rounds.

local state = 12345
local function random(n)
  state = (state * 1103515245 + 12345) & 0x7fffffff
  return (state >> 8) % n
end

local function make_words(count)
  local words = {}
  for i = 1, count do
    local letters = {}
    for j = 1, 2 + random(4) do
      letters[j] = string.char(97 + random(6))
    end
    words[i] = table.concat(letters)
  end
  return words
end

local function count_words(text)
  local counts, order = {}, {}
  for word in text:gmatch("%a+") do
    if counts[word] then
      counts[word] = counts[word] + 1
    else
      counts[word] = 1
      order[#order + 1] = word
    end
  end
  table.sort(order, function(a, b)
    if counts[a] ~= counts[b] then return counts[a] > counts[b] end
    return a < b
  end)
  return counts, order
end

local function queens(n)
  local columns, up, down, found = {}, {}, {}, 0
  local function place(row)
    if row > n then found = found + 1 return end
    for column = 1, n do
      local u, d = row + column, row - column + n
      if not (columns[column] or up[u] or down[d]) then
        columns[column], up[u], down[d] = true, true, true
        place(row + 1)
        columns[column], up[u], down[d] = false, false, false
      end
    end
  end
  place(1)
  return found
end

local Heap = {}
Heap.__index = Heap
function Heap.new() return setmetatable({ size = 0 }, Heap) end
function Heap:push(value)
  local at = self.size + 1
  self.size = at
  while at > 1 and self[at // 2] > value do
    self[at] = self[at // 2]
    at = at // 2
  end
  self[at] = value
end
function Heap:pop()
  local top, last = self[1], self[self.size]
  self.size = self.size - 1
  local at = 1
  while at * 2 <= self.size do
    local child = at * 2
    if child < self.size and self[child + 1] < self[child] then child = child + 1 end
    if last <= self[child] then break end
    self[at] = self[child]
    at = child
  end
  self[at] = last
  return top
end

local function product(n)
  local a, b, sum = {}, {}, 0.0
  for i = 1, n do
    a[i], b[i] = {}, {}
    for j = 1, n do a[i][j], b[i][j] = random(100) / 7, random(100) / 3 end
  end
  for i = 1, n do
    local row = a[i]
    for j = 1, n do
      local s = 0.0
      for k = 1, n do s = s + row[k] * b[k][j] end
      sum = sum + s / (i + j)
    end
  end
  return sum
end

local rounds = tonumber(arg[1])
for round = 1, rounds do
  local counts, order = count_words(table.concat(make_words(8000), " "))
  print(round, #order, order[1], counts[order[1]], order[#order])
  local heap, mix = Heap.new(), 0
  for _ = 1, 8000 do heap:push(random(100000)) end
  for _ = 1, 8000 do mix = (mix * 31 + heap:pop()) % 1000003 end
  print(queens(7), mix, string.format("%.17g", product(40)))
end

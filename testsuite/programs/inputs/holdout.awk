# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Reads program text: rewrites and reformats its lines, takes strings apart
# letter by letter, sorts names and measures nesting by recursion.
function quicksort(low, high,   left, right, pivot, swap) {
  if (low >= high) return
  left = low
  right = high
  pivot = name[int((low + high) / 2)]
  while (left <= right) {
    while (name[left] < pivot) left++
    while (name[right] > pivot) right--
    if (left <= right) {
      swap = name[left]
      name[left++] = name[right]
      name[right--] = swap
    }
  }
  quicksort(low, right)
  quicksort(left, high)
}

# Levenshtein's distance of two words, by divide and conquer on their ends.
function distance(a, b,   best, other) {
  if (a == "" || b == "") return length(a) + length(b)
  if (substr(a, 1, 1) == substr(b, 1, 1)) return distance(substr(a, 2), substr(b, 2))
  best = distance(substr(a, 2), substr(b, 2))
  other = distance(a, substr(b, 2))
  if (other < best) best = other
  other = distance(substr(a, 2), b)
  return 1 + (other < best ? other : best)
}

function checksum(text,   i, sum) {
  for (i = length(text); i > 0; i--)
    sum = (sum * 31 + index("etaoinsrhldcumfpgwybvkxjqz_0123456789", substr(text, i, 1))) % 1000003
  return sum
}

/^static/ {
  match($0, /[a-z_]+\(/)
  name[++functions] = substr($0, RSTART, RLENGTH - 1)
  first = NR
}
/->/ { members += gsub(/->/, ".") }
/"/ {
  split($0, quoted, "\"")
  messages = substr(messages quoted[2], 1 + length(quoted[2]) / 2, 400)
}
{
  depth = (match($0, /[^ ]/) - 1) / 4
  gsub(/[0-9]+/, "<&>")
  gsub(/ +/, " ")
  numbers += split($0, part, /[<>(),;]+/)
  line = sprintf("%4d %-3s %.60s|%s", NR - first, substr("......", 1, depth), toupper(part[1]), part[2])
  if (NR % 40 == 0) print line
  mix = (mix * 7 + checksum(substr(line, 6, 30))) % 1000003
}
/^}/ { if (NR - first > longest) longest = NR - first }

END {
  quicksort(1, functions)
  for (i = 1; i < functions; i += 150)
    printf "%-24s %5d %x\n", name[i], distance(substr(name[i], 1, 5), substr(name[i + 1], 1, 5)), checksum(name[i])
  print functions, members, numbers, longest, mix, checksum(messages)
}

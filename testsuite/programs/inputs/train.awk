# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Counts the words of a text and how long its lines are, then works on arrays
# of numbers: a sieve, longest Collatz chain, a table of partitions.
{
  for (i = 1; i <= NF; i++) {
    word = $i
    sub(/[,.]$/, "", word)
    letters += length(word)
    if (++count[word] == 1) order[++words] = word
    pairs[substr(last, 1, 1), substr(word, 1, 1)]++
    last = word
  }
  width[int(length($0) / 16)]++
  if (/st[aeiou]+[rn]d? .*[tp]h/) matched++
}

function sieve(limit,   i, j, found) {
  for (i = 2; i <= limit; i++) {
    if (composite[i]) continue
    found++
    for (j = i * i; j <= limit; j += i) composite[j] = 1
  }
  return found
}

function collatz(limit,   i, n, steps, best, longest) {
  for (i = 1; i <= limit; i++) {
    steps = 0
    for (n = i; n >= i && n > 1; steps++) n = n % 2 ? 3 * n + 1 : n / 2
    known[i] = steps + (n < i ? known[n] : 0)
    if (known[i] > longest) { longest = known[i]; best = i }
  }
  return best " " longest
}

function partitions(sum,   part, n) {
  ways[0] = 1
  for (part = 1; part <= sum; part++)
    for (n = part; n <= sum; n++) ways[n] = (ways[n] + ways[n - part]) % 1000003
  return ways[sum]
}

END {
  for (i = 1; i <= words; i++) {
    n = count[order[i]]
    spread[n < 9 ? n : 9]++
    if (n > count[top]) top = order[i]
  }
  print NR, words, letters, matched, top, count[top]
  for (i = 1; i <= 9; i++) print "used", i, spread[i]
  for (i = 0; i < 12; i++) print "width", i, width[i] + 0
  print pairs["t", "s"], pairs["b", "th"] + 0, pairs["s", "s"]
  print sieve(40000), collatz(6000), partitions(300)
}

#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Programs with counters print and end as those without: of C++ without exceptions, in a shared library and
# its executable, with threads, destructors after main, exit() in a thread, abort(), and no file to count in.
. "$(dirname "$0")/common.bash"

cat >library.cc <<'END'
#include <atomic>
#include <cstdio>
static std::atomic<int> made{0};
struct Noted {
  int n;
  explicit Noted(int n) : n(n) { if (n % 3) made++; }
  ~Noted() { std::printf(n > 1 ? "gone %d\n" : "last %d\n", n); } // after main, after exit
};
static Noted first(1), second(2);
int steps(int n) {
  int count = 0;
  for (; n != 1; count++) n = n % 2 ? 3 * n + 1 : n / 2;
  return count;
}
int how_many() { return made; }
END
cat >program.cc <<'END'
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <unistd.h>
#include <vector>
int steps(int n), how_many();
static int work(int from) {
  int sum = 0;
  for (int i = from; i < from + 2000; i++) sum += steps(i) > 100 ? 1 : 2;
  return sum;
}
int main(int, char** words) {
  int sums[4] = {};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; i++) threads.emplace_back([&sums, i] { sums[i] = work(1 + 1000 * i); });
  for (auto& thread : threads) thread.join();
  std::printf("%d %d %d %d, %d\n", sums[0], sums[1], sums[2], sums[3], how_many());
  std::fflush(stdout);
  if (!std::strcmp(words[1], "exit")) std::thread([] { std::exit(work(5) & 63); }).join();
  if (!std::strcmp(words[1], "_exit")) _exit(work(6) & 63);
  if (!std::strcmp(words[1], "abort")) std::abort();
  return work(7) & 63;
}
END
options=(-O2 -fno-exceptions -fno-rtti -ffunction-sections -fPIC -pthread)
# built WAY: a library and a program in a folder of that name; with counters but for stock.
built() {
  local name counting=()
  mkdir "$1"
  for name in library program; do
    [ "$1" = stock ] || counting=("${load[@]}" -mllvm "-autopass-count=$work/$1/$name.jsonl")
    $clang "${options[@]}" "${counting[@]}" -c $name.cc -o "$1/$name.o"
  done
  $clang -shared -Wl,--gc-sections "$1/library.o" -lstdc++ -o "$1/libl.so"
  $clang -pthread -Wl,--gc-sections "$1/program.o" -L"$1" -ll -lstdc++ -Wl,-rpath,"$work/$1" -o "$1/program"
}
built stock
built counted
for way in return exit _exit abort; do
  for build in stock counted; do
    code=0
    "$build/program" $way >"$build/said" 2>&1 || code=$?
    echo "code $code" >>"$build/said"
  done
  cmp stock/said counted/said || fail "$way: $(cat counted/said)"
done 2>/dev/null
# Four runs of four threads, which may lose some of what they count at the same time, and three times alone.
"$AUTOPASS_BUILD/testsuite/tools/count-plans" 99 counted/library.jsonl counted/program.jsonl >plans
$clang "${options[@]}" -S -o evidence.s "${load[@]}" -mllvm -autopass-evidence=evidence library.cc
python3 - "$(fingerprint _Z5stepsi)" <<'END'
import json, sys
plans = dict(line.split(None, 1) for line in open("plans"))
profile = json.loads(plans[sys.argv[1]])["profile"]
assert 6000 < profile["entry"] <= 4 * 4 * 2000 + 3 * 2000, profile
assert all(sum(point) > 100000 for point in profile["weights"] if len(point) == 2), profile
END
# Who finds no file, or cannot write it, counts for himself.
rm counted/*.counts
mkdir counted/library.jsonl.counts
./counted/program return >said || [ $? -lt 64 ] || fail "exit code $?"
diff <(./stock/program return || true) said || fail "without files"

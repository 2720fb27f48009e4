#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# The same inline function has the same fingerprint in two C++ files that are otherwise different.
. "$(dirname "$0")/common.bash"
cat >shared.h <<'END'
#include <algorithm>
#include <map>
#include <string>
#include <vector>
namespace { struct { int a; } unnamed; int next() { return ++unnamed.a; } }
inline int f(std::vector<int>& v, std::map<std::string, int>& m) {
  std::sort(v.begin(), v.end(), [](int a, int b) { return a > b; });
  int sum = next();
  for (auto& [name, value] : m) {
    if (name.size() > 3) throw std::string("no");
    sum += value * int(v.size());
  }
  return sum;
}
END
cat >one.cpp <<'END'
#include "shared.h"
int one(std::vector<int>& v, std::map<std::string, int>& m) { return f(v, m); }
END
cat >two.cpp <<'END'
#include <iostream>
namespace { struct Other { long q; double r; }; }
namespace { struct { long q; } first; long touch() { return ++first.q; } } // numbers what has no name
static const char* greet(const Other& o) { return o.q > o.r ? "a string" : "another"; }
int before(int x) { auto l = [x](int y) { return x + y; }; return l(2) + greet({x, 1.0})[0]; }
#include "shared.h"
void std_string_first(std::string& s) { s += "x"; }
int two(std::vector<int>& v, std::map<std::string, int>& m) { return before(3) - f(v, m) + int(touch()); }
END
name='_Z1fRSt6vector[A-Za-z0-9_]*'
flags=(-O3 -std=c++17)
evidence one.cpp
first=$(fingerprint $name) hash=$(loop_hash $name) around=$(context $name)
evidence two.cpp
[ -n "$first" ] || fail "no evidence of $name"
[ "$(fingerprint $name)" = "$first" ] || fail "two fingerprints of one inline function"
[ "$(context $name)" = "$around" ] || fail "another context in the other file"
evidence two.cpp -g
[ "$(context $name)" = "$around" ] || fail "another context with debug information"
[ "$(fingerprint $name)" = "$first" ] || fail "another fingerprint with debug information"
[ "$(loop_hash $name)" = "$hash" ] || fail "another loop hash"

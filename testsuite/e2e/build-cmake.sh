#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# zlib by CMake: the toolchain file of a moved tree, and as a launcher of the compiler that CMake
# has chosen, through ninja and through make. All that is built is what clang builds.
. "$(dirname "$0")/common.bash"
. "$(dirname "$0")/build-systems.bash"
source_of zlib
mkdir source/win32 && touch source/win32/zlib1.rc # named by its CMakeLists.txt, left out by Debian
install_and_move

by_cmake() {
  cmake -S source -B build -DCMAKE_BUILD_TYPE=Release "$@"
  cmake --build build --target zlib zlibstatic example
}
stock=(-DCMAKE_C_COMPILER=clang-22 -DCMAKE_CXX_COMPILER=clang++-22)

built_by stock by_cmake -G Ninja "${stock[@]}"
[ "$compiled" = 0 ] || fail "the stock build has used autopass-clang"

built_by toolchain by_cmake -G Ninja -DCMAKE_TOOLCHAIN_FILE="$prefix/share/autopass/autopass.cmake"
same_as_stock toolchain 30
grep -q "CMAKE_C_COMPILER \"$prefix/bin/autopass-clang\"" toolchain/CMakeFiles/*/CMakeCCompiler.cmake ||
  fail "the toolchain file has found another compiler"

built_by launcher by_cmake -G "Unix Makefiles" "${stock[@]}" \
  -DCMAKE_C_COMPILER_LAUNCHER="$prefix/bin/autopass-clang" -DCMAKE_C_LINKER_LAUNCHER="$prefix/bin/autopass-clang"
same_as_stock launcher 30
"$prefix/bin/autopass" stats -v | grep -q no-snapshot || fail "the launcher's compiles are not in the record"
grep -q '^link .*/example ' "$AUTOPASS_LOG" || fail "the launcher has seen no link: $(cat "$AUTOPASS_LOG")"
(cd launcher && ./example) >"$work/out" || fail "the program built by the launcher"

# A launcher may be put before any compiler, and is not in its way.
cat >other.c <<'C'
int main(void) { return __clang__ + 0; }
C
: >"$AUTOPASS_LOG"
ln -s "$(command -v g++)" gcc # any compiler that is not clang has to do
expect_exit 0 "$prefix/bin/autopass-clang" ./gcc -x c -D__clang__=0 other.c -o other
expect_exit 0 ./other
grep -q '^pass-through not-clang' "$AUTOPASS_LOG" || fail "not counted: $(cat "$AUTOPASS_LOG")"

# Compilers have all kinds of names; the file tells that it is one. What clang can link stays an input.
printf '#!/bin/sh\nexec g++ "$@"\n' >mpicc && chmod +x mpicc
for launched in "$PWD/mpicc" "env g++" "/usr/bin/env PATH=$PATH g++"; do
  # shellcheck disable=SC2086
  expect_exit 0 "$prefix/bin/autopass-clang" $launched -x c -D__clang__=0 other.c -o other
  [ ! -s "$work/err" ] || fail "$launched: $(cat "$work/err")"
  expect_exit 0 ./other
done
expect_exit 0 "$prefix/bin/autopass-clang" /usr/bin/clang-cpp-22 -DX=launched -P - <<<X
clang-22 -D__clang__=0 -c other.c -o test 2>/dev/null # an object of a program's name
clang-22 -shared -fPIC -x c /dev/null -o library
echo 'INPUT(test)' >script
chmod +x test script
for input in test ./test "test library" script; do
  # shellcheck disable=SC2086
  expect_exit 0 "$prefix/bin/autopass-clang" $input -o other
  LD_LIBRARY_PATH=$PWD ./other || fail "$input was not linked"
done

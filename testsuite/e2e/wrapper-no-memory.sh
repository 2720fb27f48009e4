#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Whatever of our own fails in the wrapper, the compiler is started as it would have been: every
# allocation in turn finds no memory, and a folder of plugins cannot be read to its end.
. "$(dirname "$0")/common.bash"
mkdir "$work/bin" "$work/plugins"
touch "$work/plugins/autopass-pass-19.so" "$work/plugins/autopass-pass-22.so"
printf '#!/bin/sh\necho "$0 $* guard=$AUTOPASS_GUARD output=$AUTOPASS_OUTPUT"\n' >"$work/bin/clang-22"
chmod +x "$work/bin/clang-22"
cat >"$work/shim.c" <<'C'
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
void *__libc_malloc(size_t size);
static long left = -1;
static int bad_folder;
__attribute__((constructor)) static void begin(void) {
  const char *count = getenv("FAIL_AT");
  left = count ? atol(count) : -1;
  bad_folder = getenv("BAD_FOLDER") != NULL;
  unsetenv("LD_PRELOAD"); /* for us alone, not for the compiler */
}
void *malloc(size_t size) {
  if (left > 0 && --left == 0) {
    errno = ENOMEM;
    return NULL;
  }
  return __libc_malloc(size);
}
struct dirent *readdir(DIR *folder) {
  static int reads;
  if (bad_folder && ++reads > 3) {
    errno = EIO;
    return NULL;
  }
  struct dirent *(*next)(DIR *) = (struct dirent * (*)(DIR *)) dlsym(RTLD_NEXT, "readdir");
  return next(folder);
}
C
/usr/bin/clang-22 -O1 -w -shared -fPIC "$work/shim.c" -o "$work/shim.so"
echo 'int f(void) { return 0; }' >a.c
export PATH=$work/bin:$PATH AUTOPASS_LIBDIR=$work/plugins
expected=$(autopass-clang -O2 -c a.c -o "$PWD/out.o")
[ "$expected" = "$work/bin/clang-22 -O2 -c a.c -o $PWD/out.o guard=1 output=" ] || fail "at first: $expected"

BAD_FOLDER=1 LD_PRELOAD=$work/shim.so autopass-clang -O2 -c a.c -o "$PWD/out.o" >"$work/out" 2>&1 || true
[ "$(cat "$work/out")" = "$expected" ] || fail "a folder that cannot be read: $(cat "$work/out")"
for number in $(seq 300); do # more than there are; the guard itself may be what finds none
  FAIL_AT=$number LD_PRELOAD=$work/shim.so autopass-clang -O2 -c a.c -o "$PWD/out.o" >"$work/out" 2>&1 || true
  [[ $(cat "$work/out") = "${expected%guard=1*}guard="*" output=" ]] || fail "allocation $number: $(cat "$work/out")"
done
autopass stats -v | grep -qE '^ +[0-9]+  internal-error: ' || fail "not counted: $(autopass stats -v)"

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# doctor finds what keeps plans from acting, says what to try, and writes nothing while there are none.
. "$(dirname "$0")/common.bash"
unset CC CXX CCACHE_PREFIX CCACHE_COMPILER

# says EXIT-CODE WORDS [VARIABLE=VALUE | -u VARIABLE]...
says() {
  expect_exit "$1" env "${@:3}" autopass doctor
  tr -s ' \n' ' ' <"$work/out" | grep -q -- "$2" || fail "does not say '$2': $(cat "$work/out")"
  { [ "$1" = 1 ] && grep -q '^fail ' "$work/out"; } || { [ "$1" = 0 ] && ! grep -q '^fail ' "$work/out"; } ||
    fail "exit code $1 with $(cat "$work/out")"
}

says 0 'ok compiler /.*/clang-22: LLVM 22, .*clang version 22'
says 0 'autopass-pass-22.so: loads'
says 0 'ok linker /usr/lib/llvm-22/bin/lld: loads it, too'
says 0 'ok plans none have been published yet'
says 0 'ok memory there are no plans yet'
[ ! -e "$XDG_DATA_HOME" ] || fail "looking has made a store"
expect_exit 0 autopass doctor --json
python3 -c 'import json,sys; d = json.load(sys.stdin); assert d["schema"] == 1 and d["healthy"] and len(d["checks"]) > 8' <"$work/out"

# The other compilers are asked each time. From here on they answer at once.
mkdir "$work/quick"
printf '#!/bin/sh\necho 14.0.6\n' >"$work/quick/clang"
printf '#!/bin/sh\necho 19.1.7\n' >"$work/quick/clang-19"
chmod +x "$work/quick"/*
PATH=$work/quick:$PATH
says 0 "other compiler $work/quick/clang-19: LLVM 19, .*loads"

says 0 'warn switch AUTOPASS=off' AUTOPASS=off
says 0 'warn recursion' AUTOPASS_GUARD=1
says 1 'no pass plugin for LLVM 22' AUTOPASS_LIBDIR=/nowhere
says 1 'the configured compiler, /nowhere/clang-22, was not found' AUTOPASS_CLANG=/nowhere/clang-22
says 1 'is autopass-clang itself' AUTOPASS_CLANG="$AUTOPASS_BUILD/wrapper/autopass-clang"
says 1 'neither HOME nor XDG_STATE_HOME' -u HOME -u XDG_DATA_HOME -u XDG_STATE_HOME

says 1 'the configured compiler, no-such-clang, was not found' AUTOPASS_CLANG=no-such-clang

says 0 'warn CC CC=gcc' CC=gcc
says 0 'try: export CC=.autopass-clang clang-19 -m32.' CC='clang-19 -m32'
says 0 'ok CC CC=clang' CC=clang PATH="$AUTOPASS_BUILD/lib/autopass/masquerade:$PATH"
says 0 'warn CC not set, and there is no autopass-clang on PATH' PATH="$AUTOPASS_BUILD/src/cli:/usr/bin:/bin"
says 0 'warn prefix there is no no-such-cache' AUTOPASS_PREFIX=no-such-cache
says 0 'warn prefix there is no /nowhere/ccache' AUTOPASS_PREFIX=/nowhere/ccache
says 0 'AUTOPASS_PREFIX=ccache' CC='ccache clang-19'
says 0 'ok masquerade' PATH="$AUTOPASS_BUILD/lib/autopass/masquerade:$PATH"
says 0 'warn switch AUTOPASS=0' AUTOPASS=0
says 1 'fail state' XDG_STATE_HOME=/dev/null
says 1 'fail spool' HOME=$work/missing XDG_STATE_HOME=
mkdir "$work/old"
printf '#!/bin/sh\necho "clang version 14.0.6"\n' >"$work/old/clang"
chmod +x "$work/old/clang"
says 0 "ok other compiler $work/old/clang: .* ok plugin none for it" PATH="$work/old:$PATH"
says 0 'ok CC CC=autopass-clang -m64' CC='autopass-clang -m64'
says 1 'try: CC=autopass-clang CXX=autopass-clang++ AUTOPASS_PREFIX=ccache' CC='ccache autopass-clang'
says 1 'fail CXX CXX=/usr/bin/ccache autopass-clang++' CXX='/usr/bin/ccache autopass-clang++'
says 1 'there is no autopass-clang-77 on PATH' CC=autopass-clang-77
says 1 'CCACHE_PREFIX=autopass-clang' CCACHE_PREFIX=autopass-clang
mkdir "$work/first"
printf '#!/bin/sh\nexec "/usr/bin/${0##*/}" "$@"\n' >"$work/first/ccache"
chmod +x "$work/first/ccache"
ln -s ccache "$work/first/autopass-clang"
says 1 'the first autopass-clang on PATH is a link to' PATH="$work/first:$PATH"
mv "$work/first/autopass-clang" "$work/first/clang-22"
says 1 'warn ccache .* no plan is looked up' PATH="$work/first:$PATH"

mkdir -p "$XDG_CONFIG_HOME/autopass" "$XDG_DATA_HOME/autopass" "$XDG_STATE_HOME/autopass"
echo 'tune = "perhaps"' >"$XDG_CONFIG_HOME/autopass/config.toml"
says 1 'tune cannot be "perhaps"'
rm "$XDG_CONFIG_HOME/autopass/config.toml"
echo 'project = [' >.autopass.toml
says 1 'fail configuration .*autopass.toml'
rm .autopass.toml
mkfifo "$XDG_STATE_HOME/autopass/spool"
says 1 'is no file that can be written'
rm "$XDG_STATE_HOME/autopass/spool"
truncate -s 60M "$XDG_STATE_HOME/autopass/spool"
says 0 'warn spool .*60.0 of 64 MiB'
printf %s .. >"$XDG_STATE_HOME/autopass/spool.dropped"
says 0 'warn spool .* 2 records were dropped'
"$AUTOPASS_BUILD/testsuite/tools/make-snapshot" "$XDG_DATA_HOME/autopass/plans.snapshot" </dev/null >/dev/null
says 0 'ok plans .*: readable, holds no plan'
python3 - "$XDG_DATA_HOME/autopass/plans.snapshot" <<'PYTHON'
import sys
with open(sys.argv[1], "r+b") as file:
    page = int.from_bytes(file.read(18)[16:], "big")
    for head in range(page, file.seek(0, 2), page):
        file.seek(head)
        file.write(b"\x7f" * 16)
PYTHON
says 1 'fail plans .*the snapshot is damaged'
echo garbage >"$XDG_DATA_HOME/autopass/plans.snapshot"
says 1 'the snapshot is damaged'

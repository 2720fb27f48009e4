#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Programs are measured and tuned through words in front of them: a program that becomes them, an emulator,
# and another host, of which only a client runs here.
. "$(dirname "$0")/common.bash"

cat >spin.c <<'END'
#include <stdio.h>
#include <stdlib.h>
__attribute__((noinline)) unsigned spin(unsigned x, long n) {
  while (n-- > 0) x = x * 1664525u + (x >> 7);
  return x;
}
int main(int count, char** words) {
  printf("%u\n", spin(1, atol(words[1]) * 100000));
  for (int i = 2; i < count; i++) printf("[%s]", words[i]);
}
END
autopass-clang -O2 -c spin.c && autopass-clang spin.o -o spin
field() { python3 -c 'import json,sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$work/out" "$1"; }

# Words in front of words.
printf '#!/bin/sh\necho "$@" >>log\nexec "$@"\n' >note && chmod +x note
expect_exit 0 autopass measure --json --clock cpu --prefix './note env A=b' -- ./spin 150 --vs './spin 50; :'
[ "$(field verdict) $(field prefix)" = "faster ./note env A=b" ] || fail "not told apart: $(cat "$work/out")"
[ "$(LC_ALL=C sort -u log)" = "$(printf 'env A=b %s\n' './spin 150' '/bin/sh -c ./spin 50; :')" ] || fail "run: $(sort -u log)"

# Counters: all of them, or a reason.
python3 -c 'import json, sys
r = json.load(open(sys.argv[1]))
for side in "a", "b":
    counters = r[side]["counters"]
    assert counters is None and r["counters_missing"] or counters["cycles"] is None or counters["cycles"] > 1e6, r' \
  "$work/out" || fail "counters: $(cat "$work/out")"

for wrong in ' ' 'a | b' 'no-such-program x'; do
  expect_exit 1 autopass measure --prefix "$wrong" -- true --vs true
  grep -q "the prefix" "$work/err" || fail "not said: the prefix is wrong: $(cat "$work/err")"
done

# An emulator, of another processor.
if [ -x "$(command -v qemu-aarch64)" ]; then
  cat >arm.c <<'END'
static void call(long number, long a, const char* text, long size) {
  register long x8 __asm__("x8") = number, x0 __asm__("x0") = a, x2 __asm__("x2") = size;
  register const char* x1 __asm__("x1") = text;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
}
void _start(void) {
  volatile unsigned x = 1;
  for (long i = 0; i < TURNS; i++) x = x * 1664525u + 1;
  call(64, 1, "arm\n", 4);
  call(93, 0, 0, 0);
}
END
  for turns in 3000000 1000000; do
    clang-22 --target=aarch64-linux-gnu -O1 -DTURNS=$turns -nostdlib -static -fuse-ld=lld arm.c -o arm$turns
  done
  expect_exit 0 autopass measure --json --clock cpu --prefix qemu-aarch64 -- ./arm3000000 --vs ./arm1000000
  [ "$(field verdict) $(field same_output)" = "faster True" ] || fail "another processor: $(cat "$work/out")"
fi

# Another host, as far as we can tell: a shell in another folder that knows nothing of us, behind the network.
cat >host <<'END'
import socketserver, subprocess
class Shell(socketserver.StreamRequestHandler):
    def handle(self):
        text = b""
        while not text.endswith(b"\0"):
            text += self.request.recv(65536)
        done = subprocess.run(["/bin/sh", "-c", text[:-1]], cwd="/", env={"PATH": "/usr/bin:/bin"},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        self.wfile.write(b"%d\n" % done.returncode + done.stdout)
with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Shell) as server:
    print(server.server_address[1], flush=True)
    server.serve_forever()
END
cat >ssh <<'END'
#!/bin/bash
exec 3<>"/dev/tcp/127.0.0.1/$1"
printf '%s\0' "${*:2}" >&3
read -r code <&3 && cat <&3
exit "$code"
END
chmod +x ssh
python3 host >port &
trap 'kill $!; rm -rf "$work"' EXIT
until [ -s port ]; do sleep 0.1; done
expect_exit 0 autopass measure --json --prefix "env A=b ./ssh $(cat port)" -- ./spin 450 --vs ./spin 150 'a;b'
[ "$(field verdict) $(field clock) $(field pairing) $(field core)" = "faster wall in turn None" ] || fail "elsewhere: $(cat "$work/out")"
[ "$(field counters_missing)" = prefix-waits ] || fail "a client was counted: $(cat "$work/out")"
grep -q 'is CPU time here: the wall clock is read' "$work/out" || fail "no reason for the wall clock: $(cat "$work/out")"

# A project says it once; the sandbox has no network, so it is left, and what cannot be sampled there is sampled here.
expect_exit 0 autopass init ./spin --prefix "./ssh $(cat port)" --run "./spin 600 'it'\\''s' < /dev/null"
grep -qF "prefix = \"./ssh $(cat port)\"" .autopass.toml || fail "not written down: $(cat .autopass.toml)"
expect_exit 1 autopass verify --sandbox=on
grep -q 'sandbox=off' "$work/err" || fail "no way out of the sandbox: $(cat "$work/err")"
expect_exit 0 autopass verify --json
[ "$(field verdict) $(field prefix)" = "nothing to verify ./ssh $(cat port)" ] || fail "the session: $(cat "$work/out")"
case "$(field clock) $(field sandbox)" in "wall: through "*" off: "*) ;; *) fail "elsewhere: $(cat "$work/out")" ;; esac
grep -q "shares are of this machine, without the prefix: no-samples" "$work/out" || fail "the profile: $(cat "$work/out")"
grep -q 'wall time is compared' "$work/err" || fail "not said: the clock: $(cat "$work/err")"
sed -i 's/^prefix.*/prefix = "a | b"/' .autopass.toml
expect_exit 1 autopass verify
grep -q 'more than words' "$work/err" || fail "a wrong prefix of a project: $(cat "$work/err")"

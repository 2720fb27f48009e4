# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# Sourced by the tests of `autopass tune --agent=llm`: a small program, and a server that answers.
. "$(dirname "$0")/common.bash"
export AUTOPASS_LLM_KEY=sk-e2e-secret

cat >mixer.c <<'END'
#include <stdio.h>
static unsigned table[256];
__attribute__((noinline)) static unsigned mix(unsigned x, int n) {
  for (int i = 0; i < n; ++i)
    x = (x << 5 | x >> 27) ^ table[x & 255] ^ (x & 4 ? x >> 3 : x * 9);
  return x;
}
int main(void) {
  for (unsigned i = 0; i < 256; ++i)
    table[i] = i * 2654435761u;
  unsigned x = 1;
  for (int i = 0; i < 100; ++i)
    x = mix(x + i, 300000);
  printf("%u\n", x);
}
END
autopass-clang -O2 -o mixer mixer.c

# serve MODE: starts the server and makes it the configured model.
serve() {
  rm -f "$work/port"
  "$AUTOPASS_BUILD/testsuite/tools/strict-llm-server" "$1" --port-file "$work/port" \
    --log "$work/requests" --key "$AUTOPASS_LLM_KEY" &
  for _ in $(seq 100); do
    [ -s "$work/port" ] && break
    sleep 0.1
  done
  autopass config "llm-endpoint=http://127.0.0.1:$(cat "$work/port")/v1"
  autopass config llm-model=test
}

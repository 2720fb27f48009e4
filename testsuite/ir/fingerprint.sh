#!/bin/bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# C: what is the same function and what is another one.
. "$(dirname "$0")/common.bash"
. "$(dirname "$0")/properties.bash"

cat >original.c <<'EOF'
#include <assert.h>
#include <stdatomic.h>
#include <string.h>
struct pair { int left; long right; };
enum color { red, green };
static int table[4] = {1, 2, 3, 4};
static int helper(int x) { return x * 7; }
extern int outside(const char*);
extern void fill(struct pair*);
extern double sqrt(double);
extern _Atomic int shared;
int f(struct pair* p, char* text, double* d, int n) {
  int sum = 0;
  struct pair local;
  char buffer[32];
  fill(&local);
  strcpy(buffer, text);
  for (int i = 0; i < n; i++) sum += p[i].left * 3 + table[i & 3];
  assert(sum > 0);
  d[0] = sqrt(d[1]) * d[2] + d[3];
  if (text[0] > 100) sum += (int)(d[0] / 3.0);
  switch (sum & 7) {
  case 0: sum = outside("zero"); break;
  case 1: sum += 11; break;
  case 2: fill(p); break;
  case 3: sum = outside(buffer); break;
  case 5: sum *= n; break;
  }
  return helper(sum) + outside("text") + (int)local.right + atomic_load(&shared);
}
EOF
original original.c

check_rows original.c <<'EOF'
same|comment and lines||s|^int f|// a comment\n\n\nint f|
same|white space||s/ += / +=\n    /
same|renamed locals||s/\bsum\b/total/g; s/\bi\b/index/g; s/\blocal\b/mine/g; s/\bbuffer\b/copy/g
same|renamed parameters||s/\bn\b/count/g; s/\bp\b/pairs/g
same|renamed static function and table||s/helper/other/g; s/table/values/g
same|unrelated code above||s|^extern int outside|struct more { char c; }; static const char* s(struct more* m) { return m->c ? "new" : "text2"; }\nconst char* t(struct more* m) { struct { int q; } u = {1}; for (int i = 0; i < 9; i++) u.q += m[i].c; return s(m) + u.q; }\n__attribute__((cold)) long w(volatile long* x) { return *x; }\n&|
same|unrelated code below||$s|$|\nstruct less { float x; }; float v(struct less* l, int n) { float s = 0; for (int i = 0; i < n; i++) s += l[i].x; return s; }\nconst char* u(void) { return "text"; }|
same|order of declarations||/^extern int outside/d; s|^extern double.*|&\nextern int outside(const char*);|
same|order of definitions||/^static int helper/d; s|^static int table.*|static int helper(int);\n&|; $s|$|\nstatic int helper(int x) { return x * 7; }|
same|constants of the same kind above||s|^static int table.*|static int first[4] = {9, 9, 9, 9}; int* g(void) { return first; }\n&|
same|assert moved||s|^int f|\n\n#line 99 "elsewhere.c"\nint f|
same|macro||s|^int f|#define three 3\nint f|; s/left \* 3/left * three/
same|typedef||s|^int f|typedef int number;\nnumber f|
same|debug information|-g|
same|of one level|-g1|
same|line tables|-gline-tables-only|
same|split|-gsplit-dwarf|
same|another format|-gdwarf-4 -fdebug-prefix-map=/tmp=/elsewhere|
same|with macros|-g3 -fno-limit-debug-info -fdebug-macro|
same|other definitions|-DUNUSED=1 -I. -isystem .|
same|warnings and dependencies|-Wall -Wextra -MD -MF deps|
same|sections, no name of the compiler|-ffunction-sections -fdata-sections -fno-ident|
same|remarks|-fsave-optimization-record -foptimization-record-file=remarks|

fingerprint|instruction||s/left \* 3 +/left * 3 -/
fingerprint|order of two calls||s/fill(&local);//; s/strcpy(buffer, text);/& fill(\&local);/
fingerprint|constant||s/left \* 3/left * 5/
fingerprint|floating-point constant||s|/ 3.0|/ 3.5|
fingerprint|type||s/int left;/short left;/
fingerprint|sign||s/int left;/unsigned left;/
fingerprint|size of an array||s/buffer\[32\]/buffer[40]/
fingerprint|member moved||s/int left; long right;/long right; int left;/
fingerprint|content of a local table||s/{1, 2, 3, 4}/{1, 2, 3, 5}/
fingerprint|constant table||s/^static int table/static const int table/
fingerprint|string||s/"text"/"test"/
fingerprint|external symbol||s/outside/inside/
fingerprint|alignment of a variable||s/struct pair local/_Alignas(64) struct pair local/
fingerprint|alignment of a table||s/^static int table/static _Alignas(64) int table/
fingerprint|alignment of the function||s/^int f/__attribute__((aligned(64))) int f/
fingerprint|attribute||s/^int f/__attribute__((cold)) int f/
fingerprint|target of the function||s/^int f/__attribute__((target("avx2"))) int f/
fingerprint|attribute of a callee||s/^extern void fill/__attribute__((nothrow)) &/
fingerprint|pure callee||s/^extern int outside/__attribute__((pure)) &/
fingerprint|local function||s/^int f/static int f/; $s/$/\nint (*keep)(struct pair*, char*, double*, int) = f;/
fingerprint|section||s/^int f/__attribute__((section("hot"))) int f/
fingerprint|calling convention||s/^int f/__attribute__((ms_abi)) int f/
fingerprint|callee's convention||s/^extern void fill/__attribute__((ms_abi)) &/
fingerprint|restrict||s/pair\* p,/pair* restrict p,/
fingerprint|condition of an assert||s/sum > 0)/sum > 1)/
fingerprint|volatile variable||s/int sum = 0/volatile int sum = 0/
fingerprint|volatile member||s/int left;/volatile int left;/
fingerprint|ordering of an atomic access||s/atomic_load(&shared)/atomic_load_explicit(\&shared, memory_order_relaxed)/
fingerprint|no atomic access||s/^extern _Atomic int/extern int/; s/atomic_load(&shared)/shared/
fingerprint|thread-local variable||s/^extern _Atomic/extern _Thread_local _Atomic/
fingerprint|loop pragma||s/for (int/_Pragma("clang loop unroll_count(4)") &/
fingerprint|expected branch||s/if (text\[0\] > 100)/if (__builtin_expect(text[0] > 100, 0))/
fingerprint|processor|-march=haswell|
fingerprint|tuning|-mtune=znver3|
fingerprint|feature|-mavx2|
fingerprint|feature taken away|-march=haswell -mno-bmi2|
fingerprint|preferred width|-march=haswell -mprefer-vector-width=128|
fingerprint|wrapping arithmetic|-fwrapv|
fingerprint|aliasing|-fno-strict-aliasing|
fingerprint|fast mathematics|-ffast-math|
fingerprint|no signed zeros|-fno-signed-zeros|
fingerprint|reciprocals|-freciprocal-math|
fingerprint|no errno|-fno-math-errno|
fingerprint|contraction|-ffp-contract=fast|
fingerprint|rounding|-frounding-math|
fingerprint|exceptions of floating point|-ffp-exception-behavior=strict|
fingerprint|denormals|-fdenormal-fp-math=preserve-sign|
fingerprint|null pointers|-fno-delete-null-pointer-checks|
fingerprint|signedness of char|-funsigned-char|
fingerprint|builtins|-fno-builtin|
fingerprint|stack protector|-fstack-protector-all|
fingerprint|stack clash|-fstack-clash-protection|
fingerprint|frame pointer|-fno-omit-frame-pointer|
fingerprint|red zone|-mno-red-zone|
fingerprint|jump tables|-fno-jump-tables|
fingerprint|implicit floats|-mno-implicit-float|
fingerprint|cleared registers|-fzero-call-used-regs=used-gpr|
fingerprint|initialised variables|-ftrivial-auto-var-init=pattern|
fingerprint|unwinding|-fno-asynchronous-unwind-tables -fno-unwind-tables|
fingerprint|endless loops|-fno-finite-loops -std=c89 -Wno-everything|
fingerprint|retpolines|-mretpoline|
fingerprint|long double of 64 bits|-mlong-double-64 -fno-builtin-sqrt|
fingerprint|size|-Os|
fingerprint|least size|-Oz|
EOF

# Its own name.
what="own name" name=h
sed 's/int f(/int h(/' original.c >edited.c
look edited.c
is same
name=f

# The path, the environment, the run.
mkdir -p "a folder/below"
cp original.c "a folder/below/other name.c"
what="path" && look "$PWD/a folder/below/other name.c" && is same
what="path, with debug information" && look "$PWD/a folder/below/other name.c" -g && is same
for words in HOME=/nowhere LANG=tr_TR.UTF-8 LC_ALL=C TZ=Asia/Tokyo USER=other TMPDIR=. SOURCE_DATE_EPOCH=1; do
  what=$words
  look() { rm -f evidence; env "$words" $clang "${flags[@]}" -S -o evidence.s "${load[@]}" -mllvm -autopass-evidence=evidence "$@"
    print=$(fingerprint f) around=$(context f); }
  look original.c
  is same
done
finish

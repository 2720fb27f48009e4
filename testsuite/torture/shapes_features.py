# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What clang can be asked to do besides: warnings, side outputs, instrumentation, other targets."""
from shape import shape, table

SHAPES = table("""
warnings: -Wall -Wextra -c warn.c
warnings-as-errors: -Wall -Werror -c warn.c -o x.o
warnings-o2: -O2 -Wall -c long.c
warnings-unused-argument: -c a.c -lm -L/opt/x -Wl,-x
warnings-unused-argument-error: -Werror -O2 -c a.c -shared -lm
warnings-unused-argument-strict: -Werror=unused-command-line-argument -O2 -c a.c -o x.o
warnings-frame: -O2 -Wframe-larger-than=100 -c frame.c
warnings-frame-error: -O2 -Wframe-larger-than=100 -Werror -c frame.c -o x.o
warnings-vectoriser: -O2 -Wpass-failed -mno-sse2 -c loop.c
errors: -O2 -c bad.c -o x.o
errors-fatal: -Wfatal-errors -c bad.c
errors-hash-error: -c fatal.c
errors-inline-assembly: -O2 -c asm.c -o x.o
errors-two-files: -O2 -c bad.c a.c
errors-link: -O2 bad.c b.c -o program
diagnostics-colour: -fdiagnostics-color=always -Wall -c warn.c
diagnostics-ansi: -fansi-escape-codes -fcolor-diagnostics -c bad.c
diagnostics-msvc: -fdiagnostics-format=msvc -c bad.c
diagnostics-sarif: -fdiagnostics-format=sarif -c warn.c
diagnostics-parseable: -fdiagnostics-parseable-fixits -fdiagnostics-print-source-range-info -c \
    long.c
diagnostics-no-caret: -fno-caret-diagnostics -fdiagnostics-absolute-paths -c bad.c
diagnostics-hotness: -O2 -fdiagnostics-show-hotness -Rpass=.* -c a.c
diagnostics-file: -serialize-diagnostics x.dia -Wall -c warn.c
diagnostics-group-off: -w -c warn.c
remarks: -O3 -Rpass=.* -Rpass-missed=.* -Rpass-analysis=.* -c loop.c
remarks-inline: -O2 -Rpass=inline -Rpass-missed=inline a.c b.c -o program
remarks-backend: -O2 -Rpass-analysis=asm-printer -c a.c
remarks-everything: -O2 -Reverything -c a.c
optimization-record: -O2 -fsave-optimization-record -c a.c -o x.o
optimization-record-file: -O2 -foptimization-record-file=x.yaml -c a.c
stack-usage: -O2 -fstack-usage -c frame.c -o x.o
verify: -Xclang -verify -fsyntax-only bad.c
xclang-dump-tokens: -Xclang -dump-tokens -c a.c
xclang-print-ast: -Xclang -ast-print -c a.c
xclang-record-layouts: -Xclang -fdump-record-layouts -c a.cc
xclang-no-passes: -O2 -Xclang -disable-llvm-passes -c a.c -o x.o
xclang-no-optnone: -O0 -Xclang -disable-O0-optnone -c a.c -o x.o
xclang-emit-llvm: -Xclang -emit-llvm -c a.c -o x.bc
xclang-s: -Xclang -S -c a.c -o x.s
xclang-debug-pass-manager: -O2 -Xclang -fdebug-pass-manager -c a.c -o x.o
xclang-llvm-verify: -O2 -Xclang -llvm-verify-each -c a.c
xclang-print-stats: -O2 -Xclang -print-stats -fsyntax-only a.c
xclang-mllvm: -O2 -Xclang -mllvm -Xclang -debug-pass-manager -c a.c -o x.o
xclang-unknown: -O2 -Xclang -no-such-option -c a.c
xclang-missing: -O2 -c a.c -Xclang
mllvm-parameter: -O2 -mllvm -inline-threshold=500 -c a.c -o x.o
mllvm-unknown: -O2 -mllvm -no-such-option -c a.c
mllvm-twice: -O2 -mllvm -unroll-count=2 -mllvm -unroll-count=4 -c a.c
mllvm-help: -mllvm -help -c a.c
mllvm-print-options: -O2 -mllvm -print-options -c a.c
mllvm-print-all-options: -O2 -mllvm -print-all-options -c a.c
mllvm-print-after: -O2 -mllvm -print-after=instcombine -c a.c
mllvm-print-after-all: -O2 -mllvm -print-after-all -c a.c
mllvm-print-before-all: -O1 -mllvm -print-before-all -c a.c
mllvm-print-changed: -O2 -mllvm -print-changed=quiet -c a.c
mllvm-print-pass-numbers: -O2 -mllvm -print-pass-numbers -c a.c
mllvm-print-pipeline: -O2 -mllvm -print-pipeline-passes -c a.c
mllvm-print-module-scope: -O2 -mllvm -print-after=sroa -mllvm -print-module-scope -c a.c
mllvm-debug-pass-manager: -O2 -mllvm -debug-pass-manager -c a.c
mllvm-debug-pass: -O2 -mllvm -debug-pass=Structure -c a.c
mllvm-bisect: -O2 -mllvm -opt-bisect-limit=20 -c a.c -o x.o
mllvm-bisect-verbose: -O2 -mllvm -opt-bisect-limit=-1 -c a.c -o x.o
mllvm-opt-disable: -O2 -mllvm -opt-disable=sroa -mllvm -opt-disable-enable-verbosity -c a.c -o x.o
mllvm-statistics: -O2 -mllvm -stats -c a.c
mllvm-remarks: -O2 -mllvm -pass-remarks=.* -c a.c
mllvm-verify: -O2 -mllvm -verify-each -c a.c
mllvm-dot: -O2 -mllvm -dot-cfg-mssa=x.dot -c a.c
mllvm-version: -O2 -mllvm -version -c a.c
mllvm-link: -O2 -mllvm -unroll-count=2 a.c b.c -o program
time-trace: -O2 -ftime-trace=x.json -c a.c -o x.o ;; -O2 -c a.c -o y.o
save-temps: -O2 -save-temps -c a.c -o x.o
save-temps-obj: -O2 -save-temps=obj -c a.c -o tmp/x.o
save-temps-cwd: -O2 -save-temps=cwd a.c b.c -o program
save-stats: -O2 -save-stats -c a.c -o x.o
record-command-line: -O2 -frecord-command-line -c a.c -o x.o
record-command-line-g: -O2 -g -grecord-command-line -c a.c -o x.o
record-command-line-off: -O2 -frecord-command-line -fno-record-command-line -c a.c
record-command-line-half: -O2 -g -grecord-command-line -fno-record-command-line -c a.c -o x.o
embed-bitcode: -O2 -fembed-bitcode -c a.c -o x.o
embed-bitcode-marker: -O2 -fembed-bitcode=marker -c a.c -o x.o
embed-bitcode-marker-alias: -O2 -fembed-bitcode-marker -c a.c -o x.o
pch: -x c-header a.h -o a.pch ;; -O2 -include-pch a.pch -c with-header.c -o x.o
pch-include: -x c-header a.h -o a.h.pch ;; -O2 -include a.h -c a.c -o x.o
pch-broken: -include-pch a.c -c b.c -o x.o
pch-instantiate: -x c++-header a.h -fpch-instantiate-templates -o a.pch ;; -include-pch a.pch -x \
    c++ -c a.cc -o x.o
modules: -fmodules -fmodules-cache-path=cache -O2 -c with-header.c -o x.o
modules-by-file: -fmodules -fimplicit-module-maps -fno-implicit-modules -O2 -c with-header.c -o x.o
modules-implicit-off: -fmodules -fno-implicit-modules -c with-header.c
modules-fcxx: -fmodules -fcxx-modules -fmodule-map-file=module.modulemap \
    -fmodules-cache-path=cache -fsyntax-only with-header.c
lto-object: -O2 -flto -c a.c -o x.o
lto-link: -O2 -flto -fuse-ld=lld a.c b.c -o program
lto-off: -O2 -flto -fno-lto -c a.c -o x.o
lto-fat: -O2 -flto -ffat-lto-objects -c a.c -o x.o
thin-lto-object: -O2 -flto=thin -c a.c -o x.o
thin-lto-link: -O2 -flto=thin -fuse-ld=lld a.c b.c -o program
thin-lto-index: -O2 -flto=thin -c a.c -o x.bc ;; -O2 -fthinlto-index=/dev/null -x ir -c x.bc -o x.o
thin-lto-index-missing: -O2 -fthinlto-index=none.bc -c a.c -o x.o
thin-lto-objects: -O2 -flto=thin -c a.c -o a.o ;; -O2 -flto=thin -c b.c -o b.o ;; -flto=thin -fuse-ld=lld \
    -Wl,--thinlto-jobs=2,-Map=map a.o b.o -o program
lto-objects: -O2 -flto -c a.c -o a.o ;; -O2 -flto -c b.c -o b.o ;; -flto -fuse-ld=lld a.o b.o -o program
lto-objects-verbose: -O2 -flto -c a.c -o a.o ;; -O2 -flto -c b.c -o b.o ;; -v -flto -fuse-ld=lld a.o b.o -o program
lto-library: -O2 -flto -fPIC -c a.c -o a.o ;; -flto -fuse-ld=lld -shared a.o -o library.so
lto-passes: -O2 -flto=thin -c a.c -o a.o ;; -flto=thin -fuse-ld=lld -Wl,--lto-debug-pass-manager -shared a.o -o library.so
lto-cache: -O2 -flto=thin -c a.c -o a.o ;; -flto=thin -fuse-ld=lld -Wl,--thinlto-cache-dir=cache -shared a.o -o library.so
lto-reproduce: -O2 -flto -c a.c -o a.o ;; -flto -fuse-ld=lld -Wl,--reproduce=copy.tar -shared a.o -o library.so
lto-broken: -O2 -flto -c a.c -o a.o ;; -flto -fuse-ld=lld a.o -lnone -o program
split-lto-unit: -O2 -flto -fsplit-lto-unit -c a.c -o x.o
whole-program: -O2 -flto -fwhole-program-vtables -c a.cc -o x.o
split-dwarf: -O2 -g -gsplit-dwarf -c a.c -o x.o
split-dwarf-single: -O2 -g -gsplit-dwarf=single -c a.c -o x.o
split-dwarf-link: -O2 -g -gsplit-dwarf -c a.c -o a.o ;; -g -gsplit-dwarf a.o b.c -o program
split-dwarf-odd-name: -g -gsplit-dwarf -c a.c -o tmp/x.y.z
coverage: -O2 --coverage -c a.c -o x.o
coverage-mapping: -O2 -fprofile-instr-generate -fcoverage-mapping -c a.c -o x.o
coverage-test: -ftest-coverage -c a.c -o x.o
coverage-link: --coverage a.c b.c -o program
profile-generate: -O2 -fprofile-generate -c a.c -o x.o
profile-generate-folder: -O2 -fprofile-generate=/tmp/x -c a.c -o x.o
profile-use-missing: -O2 -fprofile-use=none.profdata -c a.c -o x.o
profile-sample: -O2 -fprofile-sample-use=profile.prof -c a.c -o x.o
profile-sample-missing: -O2 -fprofile-sample-use=none.prof -c a.c
profile-pseudo-probe: -O2 -fpseudo-probe-for-profiling -c a.c -o x.o
instrument-functions: -O2 -finstrument-functions -c a.c -o x.o
instrument-mcount: -O2 -pg -c a.c -o x.o
xray: -O2 -fxray-instrument -c a.c -o x.o
memory-profile: -O2 -fmemory-profile -c a.c -o x.o
sanitize-address: -O1 -fsanitize=address -c a.c -o x.o
sanitize-undefined: -O1 -fsanitize=undefined -fno-sanitize-recover=all -c a.c -o x.o
sanitize-thread: -O1 -fsanitize=thread -c a.c
sanitize-memory: -O1 -fsanitize=memory -c a.c
sanitize-cfi: -O2 -flto -fvisibility=hidden -fsanitize=cfi -c a.cc
sanitize-coverage: -O1 -fsanitize-coverage=trace-pc-guard -c a.c
sanitize-link: -fsanitize=address main.c -o program
sanitize-conflict: -fsanitize=address,thread -c a.c
hardened: -O2 -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection \
    -fcf-protection -c a.c
zero-init: -O2 -ftrivial-auto-var-init=zero -fzero-call-used-regs=used -c a.c
openmp: -O2 -fopenmp -c omp.c -o x.o
openmp-offload: -fopenmp -fopenmp-targets=nonsense -c omp.c
target-aarch64: -target aarch64-linux-gnu -O2 -c a.c -o x.o
target-riscv: --target=riscv64-linux-gnu -O2 -c a.c -o x.o
target-wasm: --target=wasm32 -O2 -c a.c -o x.o
target-windows: --target=x86_64-pc-windows-msvc -mno-incremental-linker-compatible -O2 -c a.c -o \
    x.obj
target-windows-g: --target=x86_64-pc-windows-msvc -mno-incremental-linker-compatible -g -O2 -c a.c
target-win32-lines: -target x86_64-pc-win32 -mno-incremental-linker-compatible -gline-tables-only \
    -O2 -c a.c -o x.obj
target-mingw-codeview: -target x86_64-w64-mingw32 -gcodeview -O2 -c a.c -o x.obj
target-darwin: --target=arm64-apple-macos13 -O2 -c a.c -o x.o
target-arch-darwin: -target x86_64-apple-macos13 -arch x86_64 -arch arm64 -c a.c -o x.o
target-unknown: --target=nonsense -c a.c
m32: -m32 -O2 -c a.c -o x.o
mcpu-help: -mcpu=help -c a.c
mtune-help: -mtune=help -c a.c
frontend-ast-list: -Xclang -ast-list -c a.c
frontend-ast-print: -O2 -Xclang -ast-print -c a.c
frontend-dump-tokens: -Xclang -dump-tokens -c a.c
frontend-verify-debug: -O2 -g -Xclang -fverify-debuginfo-preserve -c a.c
mllvm-two-dashes-bisect: -O2 -mllvm --opt-bisect-limit=5 -c a.c
mllvm-two-dashes-verify: -O2 -mllvm --verify-each -c a.c
mllvm-two-dashes-remarks: -O2 -mllvm --pass-remarks=.* -c loop.c
rpass: -O2 -Rpass=.* -Rpass-missed=.* -Rpass-analysis=.* -c loop.c
march-unknown: -march=nonsense -c a.c
tune: -O2 -march=x86-64-v3 -mtune=znver3 -mprefer-vector-width=128 -c loop.c
code-model: -O2 -mcmodel=large -fno-pic -c a.c
config: --config=./o3.cfg -c a.c -o x.o
config-separate: --config ./o3.cfg -c a.c -o x.o
config-missing: --config=none.cfg -c a.c
config-user-dir: --config-user-dir=conf -O2 -c a.c -o x.o
config-system-dir: --config-system-dir=conf -O2 -c a.c -o x.o
config-none: --no-default-config -O2 -c a.c -o x.o
include: -O2 -include a.h -imacros a.h -c a.c -o x.o
include-missing: -include none.h -c a.c
include-system: -isystem . -iquote . -idirafter . -I- -c with-header.c
include-trace: -H -c with-header.c
overlay: -ivfsoverlay overlay.yaml -include /virtual/v.h -c a.c -o x.o
sysroot: --sysroot=/no/such/folder -c lib.c
working-directory: -working-directory=.. -c w/a.c -o w/x.o
working-directory-separate: -working-directory .. -O2 -c w/a.c
prefix-map: -O2 -g -ffile-prefix-map=$PWD=/src -fdebug-compilation-dir=/src -c a.c -o x.o
plugin-missing: -O2 -fplugin=none.so -c a.c
pass-plugin-missing: -O2 -fpass-plugin=none.so -c a.c
pipe: -O2 -pipe -c a.c -o x.o
integrated-off: -O2 -fno-integrated-cc1 -c a.c -o x.o
reproducible-seed: -O2 -frandom-seed=1 -c a.c -o x.o
start-no-unused: -O2 --start-no-unused-arguments -lm --end-no-unused-arguments -c a.c
lots-of-options: -O3 -funroll-loops -fno-math-errno -fno-trapping-math -falign-functions=64 \
    -mllvm -x86-asm-syntax=intel -fomit-frame-pointer -c loop.c -o x.o
undefine: -O2 -DA=1 -UA -D B -U B -DC='"q s"' -c a.c
last-level: -O2 -O0 -c a.c -o x.o
gen-reproducer: -O2 -gen-reproducer -c a.c -o x.o
bitcode-and-s: -O2 -S -emit-llvm -c a.c
date-fixed: -Wdate-time -c when.c
""")

BY_NAME = {one.name: one for one in SHAPES}
BY_NAME["date-fixed"].env = {"SOURCE_DATE_EPOCH": "0"}
EVERYWHERE = "err:temporary-names names:temporary-names files:temporary-names"
for name, varies in {"gen-reproducer": EVERYWHERE,
                     "xclang-record-layouts": "out:addresses",
                     "target-arch-darwin": "names:temporary-names",
                     "time-trace": "only-exists:x.json",
                     "modules": "by-the-second only-exists:modules.idx",
                     "modules-fcxx": "by-the-second only-exists:modules.idx"}.items():
    BY_NAME[name].varies = varies

SHAPES += [
    shape("crash", "-O2 -c crash.c -o x.o", names_command=True,
          varies="err:temporary-names,addresses names:temporary-names files:temporary-names"),
    shape("ast-dump", "-Xclang -ast-dump -c a.c", varies="out:addresses"),
    shape("time-report", "-O2 -ftime-report -c a.c -o x.o", varies="err:timings"),
    shape("time-passes", "-O2 -mllvm -time-passes -c a.c -o x.o"),
    shape("process-report", "-O2 -fproc-stat-report=x.csv -c a.c -o x.o",
          varies="files:process-report"),
]

# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How far a command goes, what it asks for, and in which language."""
from shape import shape, table

SHAPES = table("""
compile: -c a.c
compile-o2: -O2 -c a.c -o a.o
compile-joined-output: -O2 -ca.c -oa.o
compile-long-options: --compile a.c --output=a.o --optimize=2
compile-output-first: -o a.o -O2 a.c -c
compile-twice-output: -c a.c -o first.o -o second.o
compile-g: -O2 -g -c a.c -o a.o
compile-g-line-tables: -O2 -gline-tables-only -gdwarf-4 -c a.c -o a.o
compile-compressed-debug: -O2 -g -gz -c a.c -o a.o
compile-pic: -O2 -fPIC -ffunction-sections -fdata-sections -fvisibility=hidden -c a.c
compile-os: -Os -c loop.c
compile-oz: -Oz -c a.c
compile-o3-native: -O3 -march=native -c loop.c
compile-ofast: -Ofast -c loop.c
compile-og: -Og -g -c a.c
compile-header-math: -O2 -c lib.c
compile-hard: -O2 -c hard.c
compile-empty: -c empty.c
compile-everything-warned: -Weverything -c a.c
several-objects: -O2 -c a.c b.c main.c
several-objects-one-output: -c a.c b.c -o x.o
link-one: -O2 a.c b.c
link-one-output: -O2 a.c b.c -o program
link-two-steps: -O2 -c a.c -o a.o ;; -O2 -c b.c -o b.o ;; a.o b.o -o program
link-missing-symbol: b.c -o program
link-no-main: a.c -o program
link-library: -O2 lib.c main.c -lm -o program
link-library-missing: main.c -lno-such-library -o program
link-shared: -O2 -shared -fPIC a.c -Wl,-soname,liba.so.1 -o liba.so
link-static: -O2 -static main.c -o program
link-relocatable: -r a.c b.c -o both.o
link-lld: -fuse-ld=lld main.c -o program
link-no-such-linker: -fuse-ld=nonsense main.c -o program
link-pie: -pie -fPIE main.c -o program
link-wl: main.c -Wl,-Map=map.txt -Wl,--gc-sections,--build-id=none -Xlinker --as-needed -o program
link-nostdlib: -nostdlib -ffreestanding -Wl,-e,f a.c -o program
link-rpath: main.c -L. -Wl,-rpath,/opt/x -z now -o program
link-script: -nostdlib -Wl,-T,x.ld a.c -o program
link-strip: -s -O2 main.c -o program
preprocess: -E a.c
preprocess-output: -E with-header.c -o x.i
preprocess-comments: -E -C -P -dD with-header.c
preprocess-macros: -dM -E empty.c
preprocess-directives-only: -E -fdirectives-only with-header.c
depend-m: -M with-header.c
depend-mm: -MM with-header.c
depend-md: -MD -c with-header.c -o x.o
depend-mmd: -O2 -MMD -MF dep/x.d -MT target -MP -c with-header.c -o x.o
depend-mmd-good: -O2 -MMD -MFx.d -MQ '$(odd) name' -MP -c with-header.c -o x.o
depend-mg: -M -MG bad.c
depend-mv: -MMD -MV -c with-header.c
depend-wp: -O2 -Wp,-MD,x.d -c with-header.c -o x.o
depend-to-stdout: -MD -MF - -c with-header.c -o x.o
depend-mj: -MJ x.json -c a.c -o x.o
assembly: -S -O2 a.c
assembly-stdout: -S -O2 a.c -o -
assembly-verbose: -S -O2 -fverbose-asm -masm=intel a.c -o x.s
assembly-then-object: -S -O2 a.c -o x.s ;; -c x.s -o x.o
assembler: -c a.s
assembler-cpp: -c -DTWO a.S -o x.o
assembler-g: -g -c a.s -o x.o
assembler-bad: -c -x assembler bad.c
assembler-wa: -O2 -Wa,--noexecstack -c a.c
assembler-external: -O2 -fno-integrated-as -c a.c -o x.o
emit-llvm: -O2 -emit-llvm -c a.c
emit-llvm-text: -O2 -emit-llvm -S a.c -o -
ir-text-input: -O2 -c a.ll -o x.o
ir-bitcode-input: -O1 -emit-llvm -c a.c -o x.bc ;; -O2 -c x.bc -o x.o
ir-linked: -O2 a.ll b.c -o program
preprocessed-input: -O2 -c a.i -o x.o
syntax-only: -fsyntax-only a.c
syntax-only-bad: -fsyntax-only bad.c
analyze: --analyze a.c -o x.plist
emit-ast: -emit-ast a.c -o x.ast
show-commands: -### -c a.c -o a.o
show-commands-link: -### -O2 a.c b.c -o program
verbose: -v -c a.c -o a.o
verbose-alone: -v
version: --version
version-and-input: --version -c a.c
help: --help
help-hidden: --help-hidden
no-input: -O2
nothing:
print-search-dirs: -print-search-dirs
print-file-name: -print-file-name=libc.a
print-file-name-separate: --print-file-name libc.a
print-prog-name: -print-prog-name=ld
print-resource-dir: -print-resource-dir
print-target-triple: -print-target-triple
print-targets: --print-targets
print-supported-cpus: --print-supported-cpus
print-libgcc: -print-libgcc-file-name
print-multi: -print-multi-lib -print-multi-directory
print-diagnostics: --print-diagnostic-options
print-phases: -ccc-print-phases -c a.c
print-bindings: -ccc-print-bindings a.c b.c
dumpmachine: -dumpmachine
dumpversion: -dumpversion
autocomplete: --autocomplete=-fsyn
unknown-option: -no-such-option -c a.c
unknown-option-compile: -O2 -fno-such-flag -Wno-such-warning -c a.c
unknown-warning-error: -Werror -Wno-such-warning -c a.c
missing-argument: -c a.c -o
missing-argument-x: -c a.c -x
missing-input: -c no-such-file.c
missing-input-link: no-such-file.o -o program
missing-one-of-two: -O2 -c a.c no-such-file.c
cc1: -cc1 -triple x86_64-linux-gnu -emit-obj a.c -o x.o
cc1as: -cc1as -triple x86_64-linux-gnu -filetype obj a.s -o x.o
driver-mode-cl: --driver-mode=cl /Brepro /c a.c
driver-mode-cpp: --driver-mode=cpp a.h
driver-mode-gxx: --driver-mode=g++ -c a.cc
driver-only: -fdriver-only -c a.c
interface-stubs: -emit-interface-stubs -c a.c -o x.ifs
static-library: --emit-static-lib a.c -o liba.a
""")

SHAPES += table("""
cxx-compile: -O2 -c a.cc
cxx-link: -O2 main.cc -o program
cxx-c-source: -O2 -c a.c
cxx-98: -std=c++98 -pedantic -c a.cc
cxx-20: -std=c++20 -O2 -c a.cc -o a.o
cxx-26: -std=c++2c -O2 -c a.cc -o a.o
cxx-coroutine: -std=c++20 -O2 -c coro.cc
cxx-no-rtti: -O2 -fno-rtti -fno-exceptions -c a.cc
cxx-bad: -O2 -c bad.cc
cxx-bad-limits: -ferror-limit=1 -ftemplate-backtrace-limit=1 -fmax-errors=1 -c bad.cc
cxx-libcxx: -stdlib=libc++ -c main.cc
cxx-module: -std=c++20 --precompile m.cppm -o m.pcm ;; -std=c++20 -fmodule-file=m=m.pcm -O2 -c \
    use.cc -o use.o
cxx-module-object: -std=c++20 -O2 -c m.cppm -o m.o
cxx-version: --version
cxx-nothing:
objc-cxx: -O2 -c a.mm
""", cxx=True)

SHAPES += table("""
objc: -O2 -c a.m
language-c: -O2 -x c -c noending -o x.o
language-joined: -O2 -xc++ -c a.c -o x.o
language-none: -O2 -x c++ -c a.c -x none b.c
language-long: --language=c -O2 -c noending
language-preprocessed: -x cpp-output -O2 -c a.i
language-header: -x c-header a.h -o a.h.gch
language-assembler: -x assembler -c a.s -o x.o
language-assembler-cpp: -x assembler-with-cpp -c a.s -o x.o
language-ir: -x ir -c a.ll -o x.o
language-opencl: -x cl -c a.cl -o x.o
language-cuda: -x cuda --cuda-host-only -nocudainc -nocudalib -c a.c -o x.o
language-fortran: -x f95 -c a.c
language-unknown: -x nonsense -c a.c
language-none-noending: -c noending
std-c89: -std=c89 -pedantic-errors -c a.c
std-gnu23: -std=gnu23 -O2 -c a.c
std-unknown: -std=c77 -c a.c
""")

BY_NAME = {one.name: one for one in SHAPES}
for name, varies in {"link-missing-symbol": "err", "link-wl": "files", "show-commands-link": "err",
                     "print-bindings": "err",
                     "static-library": "files"}.items():
    BY_NAME[name].varies = varies + ":temporary-names"

SHAPES += [
    shape("stdin", "-O2 -x c -c - -o x.o", stdin=b"int f(void) { return 1; }\n"),
    shape("stdin-preprocess", "-E -x c -", stdin=b"__LINE__\n"),
    shape("stdin-no-language", "-c - -o x.o", stdin=b"int f;\n"),
    shape("stdin-link", "-x c - -o program", stdin=b"int main(void) { return 0; }\n"),
    shape("stdin-device", "-O2 -x c -c /dev/stdin -o x.o", stdin=b"int f(void) { return 1; }\n"),
]

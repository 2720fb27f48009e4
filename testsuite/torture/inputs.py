# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The files that every shape finds in its working folder. Small, because they are compiled a few
thousand times; their times are fixed, because precompiled headers hold them."""
import os

TIME = 1_700_000_000

FILES = {
    "a.c": "int f(int x) { return x + 1; }\n"
           "int sum(const int *p, int n) {\n"
           "  int s = 0;\n  for (int i = 0; i < n; ++i) { s += p[i]; }\n  return s;\n}\n",
    "b.c": "int f(int x);\nint main(void) { return f(-1); }\n",
    "main.c": "int main(void) { return 0; }\n",
    "lib.c": "#include <math.h>\ndouble root(double x) { return sin(x) + cos(x); }\n",
    "empty.c": "",
    "bad.c": "int f( { return\n#include \"no-such-file.h\"\nint g(void) { return undeclared; }\n",
    "fatal.c": "#error stop here\n",
    "warn.c": "#warning beware\nint f(void) { int unused; char c = 300; }\nstatic int g(void);\n",
    "long.c": "int f(int a, int b) { return (a + b) / 0 * (a -\n b) == a = b; }\n",
    "when.c": "const char *when(void) { return __DATE__ __TIME__ __TIMESTAMP__ __FILE__; }\n",
    "wide.c": "#include <stddef.h>\nconst wchar_t *w = L\"\\u00e4\"; // h\u00e4\nint \u00e4 = 1;\n",
    "hard.c": "__attribute__((annotate(\"autopass:off\"))) int off(int x) { return x * 3; }\n"
              "__attribute__((naked)) void bare(void) { __asm__(\"ret\"); }\n"
              "__attribute__((weak, section(\".odd\"))) int weak(int x) { return x; }\n"
              "int (*resolve(void))(int) { return weak; }\n"
              "int chosen(int) __attribute__((ifunc(\"resolve\")));\n"
              "_Thread_local int counter;\nvolatile int *port;\n"
              "int twist(void *p) { __builtin_prefetch(p); return *port + counter++; }\n",
    "asm.c": "int f(int x) { __asm__(\"nonsense %0\" : \"+r\"(x)); return x; }\n",
    "crash.c": "int f(void) { return 1; }\n#pragma clang __debug crash\n",
    "frame.c": "void use(char *);\nvoid f(void) { char big[5000]; use(big); }\n",
    "loop.c": "void scale(float *restrict a, const float *restrict b, int n) {\n"
              "#pragma clang loop vectorize_width(4) interleave_count(2)\n"
              "  for (int i = 0; i < n; ++i) { a[i] = b[i] * 2 + a[i]; }\n}\n",
    "omp.c": "int total(int n) { int s = 0;\n#pragma omp parallel for reduction(+ : s)\n"
             "  for (int i = 0; i < n; ++i) { s += i; }\n  return s; }\n",
    "with-header.c": "#include \"a.h\"\nint three(void) { return THREE; }\n",
    "conftest.c": "char printf();\nint main(void) { printf(); return 0; }\n",
    "a.h": "#ifndef A_H\n#define A_H\n#define THREE 3\nint three(void);\n#endif\n",
    "a.i": "# 1 \"a.c\"\nint f(int x) { return x + 1; }\n",
    "a.s": "\t.text\n\t.globl f\nf:\n\tlea 1(%rdi), %eax\n\tret\n",
    "a.S": "#define ONE 1\n\t.text\n\t.globl f\nf:\n\tlea ONE(%rdi), %eax\n\tret\n",
    "a.ll": "define i32 @f(i32 %x) {\n  %y = add i32 %x, 1\n  ret i32 %y\n}\n",
    "a.m": "@interface A\n- (int)f;\n@end\nint g(A *a) { return [a f]; }\n",
    "a.mm": "@interface A\n- (int)f;\n@end\ntemplate <class T> int g(T a) { return [a f]; }\n"
            "int h(A *a) { return g(a); }\n",
    "a.cl": "kernel void k(global int *p) { p[0] = 1; }\n",
    "a.cc": "template <class T> T twice(T x) { return x + x; }\n"
            "struct Base { virtual ~Base(); virtual int f() const = 0; };\n"
            "struct Real : Base { int f() const override; };\nBase::~Base() = default;\n"
            "int Real::f() const { return twice(21); }\ninline int often(int x) { return x * x; }\n"
            "int call(const Base &b) try { return b.f() + often(3); }\n"
             "catch (int x) { return x; }\n",
    "main.cc": "#include <cstdio>\nint main() { std::puts(\"hello\"); }\n",
    "bad.cc": "template <class T> struct A { typename T::x y; };\nA<A<int>> a;\n"
              "int main() { a.b(); }\n",
    "coro.cc": "#include <coroutine>\nstruct T { struct promise_type {\n"
               "  T get_return_object() { return {}; }\n"
               "  std::suspend_never initial_suspend() { return {}; }\n"
               "  std::suspend_never final_suspend() noexcept { return {}; }\n"
               "  void return_void() {} void unhandled_exception() {} }; };\n"
               "T run() { co_return; }\n",
    "m.cppm": "export module m;\nexport int f(int x) { return x + 1; }\n",
    "use.cc": "import m;\nint g() { return f(1); }\n",
    "module.modulemap": "module a { header \"a.h\" export * }\n",
    "plain.rsp": "-c a.c -O2 -o a.o\n",
    "quoted.rsp": "-c 'sp ace.c' -D\"TEXT=\\\"a b\\\"\" -DONE=a\\ b\\\\c\n-o\n'out put.o'\n",
    "outer.rsp": "-O1 @inner.rsp\n",
    "inner.rsp": "-c @plain2.rsp\n",
    "plain2.rsp": "a.c -o nested.o",
    "recursive.rsp": "-c a.c @recursive.rsp\n",
    "windows.rsp": "-c a.c -DPATH=C:\\dir\\file \"-DTEXT=\\\"a b\\\"\"\n",
    "newline.rsp": "-c 'new\nline.c' -o n.o\n",
    "unclosed.rsp": "-c 'a.c\n",
    "empty.rsp": "",
    "nul.rsp": "-c\0a.c\0",
    "utf16.rsp": "\ufeff-c a.c -o u.o",
    "mark.rsp": "\ufeff-c a.c -o u.o",
    "conf/clang.cfg": "-frecord-command-line\n",
    "o3.cfg": "-O3\n-fomit-frame-pointer\n",
    "profile.prof": "f:100:10\n 0: 10\n",
    "overlay.yaml": "{ 'version': 0, 'roots': [ { 'name': '/virtual', 'type': 'directory', "
                    "'contents':"
                    " [ { 'name': 'v.h', 'type': 'file', 'external-contents': 'a.h' } ] } ] }\n",
    "x.ld": "SECTIONS { .text : { *(.text*) } }\n",
    "sp ace.c": "int space(void) { return 1; }\n",
    "new\nline.c": "int newline(void) { return 1; }\n",
    "quo'\"te.c": "int quote(void) { return 1; }\n",
    "back\\slash.c": "int slash(void) { return 1; }\n",
    "$HOME;`id`.c": "int shell(void) { return 1; }\n",
    "-dash.c": "int dash(void) { return 1; }\n",
    "@at.c": "int at(void) { return 1; }\n",
    "noending": "int noending(void) { return 1; }\n",
    b"b\xff.c": "int bytes(void) { return 1; }\n",
}


ENCODINGS = {"utf16.rsp": "utf-16", "mark.rsp": "utf-8-sig"}


def write(folder):
    os.mkdir(os.path.join(folder, "conf"))
    for name, text in FILES.items():
        path = os.path.join(os.fsencode(folder), os.fsencode(name))
        with open(path, "wb") as file:
            file.write(text.lstrip("\ufeff").encode(ENCODINGS.get(name, "utf-8")))
        os.utime(path, (TIME, TIME))

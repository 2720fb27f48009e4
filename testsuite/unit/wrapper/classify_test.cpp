// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "wrapper/classify.h"

#include "fixture.h"
#include "util/text.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

Decision decide(const std::string& command, const std::string& folder = "/src") {
  return classify(command.empty() ? std::vector<std::string>() : split(command, ' '), folder);
}

struct Shape {
  const char* command;
  JobKind kind;
  const char* reason;
  const char* output;
};

constexpr JobKind compile = JobKind::Compile;
constexpr JobKind link = JobKind::Link;
constexpr JobKind both = JobKind::CompileAndLink;
constexpr JobKind pass = JobKind::PassThrough;

constexpr Shape shapes[] = {
    // Compiles.
    {"-c a.c", compile, "", "a.o"},
    {"-c dir/a.b.cpp", compile, "", "a.b.o"},
    {"-c a.c -o x/y.o", compile, "", "x/y.o"},
    {"-ox.o -c a.c", compile, "", "x.o"},
    {"--output=x.o --compile a.c", compile, "", "x.o"},
    {"-O3 -g -Wall -fPIC -std=c99 -DX=1 -D Y -I inc -Iinc -c a.c -o a.o", compile, "", "a.o"},
    {"-MD -MF a.d -MT a.o -MQ a.c -c a.c -o a.o", compile, "", "a.o"},
    {"-isystem b.c -include c.c -Xclang d.c -mllvm e.c -target f.c -c a.c", compile, "", "a.o"},
    {"-arch x.c -Xlinker y.c -z z.c --param p.c --sysroot s.c -c a.c", compile, "", "a.o"},
    {"-mllvm -inline-threshold=9 -mllvm=-unroll-count=2 -c a.c", compile, "", "a.o"},
    {"-x c -c a", compile, "", "a.o"},
    {"-xc++ -c a.o", compile, "", "a.o"},
    {"-c -- -a.c", compile, "", "-a.o"},
    {"-c a.c -o one.o -o two.o", compile, "", "two.o"},
    {"-c a.i", compile, "", "a.o"},
    {"-c a.c b.o", compile, "", "a.o"},
    {"-flto -c a.c", compile, "", "a.o"},
    {"-flto=thin -B dir -c a.c", compile, "", "a.o"},
    {"-ffat-lto-objects -fno-lto -c a.c", compile, "", "a.o"},
    {"-fsanitize=address -fno-sanitize=all -c a.c", compile, "", "a.o"},
    {"-flto-jobs=4 -fsanitize-recover=all -c a.c", compile, "", "a.o"},
    {"-include-pch x.pch -c a.c", compile, "", "a.o"},
    {"--driver-mode=g++ -c a.cc", compile, "", "a.o"},
    {"-fprofile-use=x.profdata -fopenmp -c a.c", compile, "", "a.o"},
    // Links, and both in one.
    {"a.o b.o -o prog", link, "", "prog"},
    {"a.o", link, "", "a.out"},
    {"-shared a.o -o liba.so.1", link, "", "liba.so.1"},
    {"a.o libb.a -L. -lm -Wl,-O1 -o prog", link, "", "prog"},
    {"-flto=thin a.o -o prog", link, "", "prog"},
    {"-flto -Xlinker -O1 -o prog", link, "", "prog"},
    {"-v a.o -o prog", link, "", "prog"},
    {"-fsanitize=address a.o -o prog", link, "", "prog"},
    {"-lm -o prog", link, "", "prog"},
    {"-x none a.o -o prog", link, "", "prog"},
    {"a.c", both, "", "a.out"},
    {"a.c b.c c.o -lm -o prog", both, "", "prog"},
    {"-x c a -x none b.o -o prog", both, "", "prog"},
    // Nothing is built, or nothing that we may change.
    {"", pass, "no-input", ""},
    {"-O2", pass, "no-input", ""},
    {"-c", pass, "no-input", ""},
    {"-c a.o", pass, "no-input", ""},
    {"-v", pass, "no-input", ""},
    {"--version", pass, "print-only", ""},
    {"-print-search-dirs", pass, "print-only", ""},
    {"--print-prog-name ld", pass, "print-only", ""},
    {"-dumpmachine", pass, "print-only", ""},
    {"-### a.o -o prog", pass, "print-only", "prog"},
    {"-mcpu=help -c a.c", pass, "print-only", "a.o"},
    {"-mtune=help -c a.c", pass, "print-only", "a.o"},
    {"-fdriver-only -c a.c", pass, "print-only", "a.o"},
    {"-Xclang -ast-dump -c a.c", pass, "syntax-only", "a.o"},
    {"-Xclang -ast-dump=json -c a.c", pass, "syntax-only", "a.o"},
    {"-Xclang -ast-print -c a.c", pass, "syntax-only", "a.o"},
    {"-Xclang -ast-view -c a.c", pass, "syntax-only", "a.o"},
    {"-Xclang -dump-tokens -c a.c", pass, "syntax-only", "a.o"},
    {"-Xclang -dump-raw-tokens -c a.c", pass, "syntax-only", "a.o"},
    {"-Xclang -init-only -c a.c", pass, "syntax-only", "a.o"},
    {"-Xclang -rewrite-macros -c a.c", pass, "preprocess-only", "a.o"},
    {"-E a.c", pass, "preprocess-only", ""},
    {"-E -c a.c -o a.i", pass, "preprocess-only", "a.i"},
    {"-MM a.c", pass, "preprocess-only", ""},
    {"-fsyntax-only -c a.c", pass, "syntax-only", ""},
    {"-S a.c -o a.s", pass, "assembly-output", "a.s"},
    {"-c -S a.c", pass, "assembly-output", ""},
    {"-emit-llvm -c a.c -o a.bc", pass, "ir-output", "a.bc"},
    {"-Xclang -emit-llvm-bc -c a.c", pass, "ir-output", "a.o"},
    {"-x c -c - -o a.o", pass, "stdin-input", "a.o"},
    {"-x c -", pass, "stdin-input", "a.out"},
    {"-c a.c -o -", pass, "output-to-stdout", "-"},
    {"-x c -c /dev/stdin -o a.o", pass, "open-file-name", "a.o"},
    {"-c a.c -o a.o -MMD -MF/dev/stderr", pass, "open-file-name", "a.o"},
    {"-c a.c -o a.o -include /proc/self/fd/3", pass, "open-file-name", "a.o"},
    {"-c /home/dev/stdlib/a.c -I/home/dev/fd/x -o a.o", compile, "", "a.o"},
    {"-c a.c -o a.o -Xclang -header-include-file -Xclang h", pass, "dump-options", "a.o"},
    {"-c a.c b.c", pass, "several-outputs", ""},
    {"-c a.s", pass, "assembler-input", "a.o"},
    {"-c a.S -o a.o", pass, "assembler-input", "a.o"},
    {"a.c b.S -o prog", pass, "assembler-input", "prog"},
    {"-c a.ll", pass, "ir-input", "a.o"},
    {"-c a.h -o a.h.pch", pass, "pch-or-modules", "a.h.pch"},
    {"-x c++-header a.h -o a.pch", pass, "pch-or-modules", "a.pch"},
    {"--precompile a.cppm -o a.pcm", pass, "pch-or-modules", "a.pcm"},
    {"-fmodules -c a.c", pass, "pch-or-modules", "a.o"},
    {"-fmodule-file=m=m.pcm -c a.cpp", pass, "pch-or-modules", "a.o"},
    {"-c a.cu", pass, "offload", "a.o"},
    {"-Xarch_x86_64 b.c -c a.c", pass, "offload", "a.o"},
    {"-fsycl -c a.c", pass, "offload", "a.o"},
    {"-object -c a.c", compile, "", "a.o"},
    {"-Wp,-MD,a.d -c a.c", compile, "", "a.o"},
    {"-Wp,-DX,-fdebug-pass-manager -c a.c", pass, "dump-options", "a.o"},
    {"-Xpreprocessor -fdebug-pass-manager -c a.c", pass, "dump-options", "a.o"},
    {"-fdebug-pass-structure -c a.c", pass, "dump-options", "a.o"},
    {"-fsanitize-coverage=trace-pc-guard -c a.c", pass, "coverage", "a.o"},
    {"-fopenmp -fopenmp-targets=nvptx64 -c a.c", pass, "offload", "a.o"},
    {"-x f95 -c a", pass, "other-language", "a.o"},
    {"-flto -ffat-lto-objects -c a.c", pass, "lto", "a.o"},
    {"-flto=thin -funified-lto a.o -o prog", pass, "lto", "prog"},
    {"-fthinlto-index=x -c a.c", pass, "lto", "a.o"},
    {"-flto=thin -fthinlto-distributor=x a.o", pass, "lto", "a.out"},
    {"-fembed-bitcode-marker -c a.c", pass, "record-command-line", "a.o"},
    {"-fsanitize=address -c a.c", pass, "sanitizer", "a.o"},
    {"--coverage -c a.c", pass, "coverage", "a.o"},
    {"-fprofile-generate=dir -c a.c", pass, "coverage", "a.o"},
    {"-save-temps=obj -c a.c", pass, "save-temps", "a.o"},
    {"-grecord-command-line -c a.c", pass, "record-command-line", "a.o"},
    {"-grecord-command-line -fno-record-command-line -c a.c", pass, "record-command-line", "a.o"},
    {"--target=x86_64-pc-windows-msvc -g -c a.c", pass, "record-command-line", "a.o"},
    {"-target x86_64-pc-win32 -g -c a.c", pass, "record-command-line", "a.o"},
    {"-target x86_64-w64-mingw32 -gcodeview -c a.c", pass, "record-command-line", "a.o"},
    {"-target x86_64-w64-mingw32 -g -c a.c", compile, "", "a.o"},
    {"-MJ a.json -c a.c", pass, "dump-options", "a.o"},
    {"-ftime-trace=x -c a.c", pass, "dump-options", "a.o"},
    {"-gen-reproducer -c a.c", pass, "dump-options", "a.o"},
    {"-mllvm -print-after-all -c a.c", pass, "dump-options", "a.o"},
    {"-mllvm=--print-options -c a.c", pass, "dump-options", "a.o"},
    {"-Xclang -mllvm -Xclang -print-changed -c a.c", pass, "dump-options", "a.o"},
    {"-Xclang -fdebug-pass-manager -c a.c", pass, "dump-options", "a.o"},
    {"-mllvm --time-passes -c a.c", pass, "dump-options", "a.o"},
    {"-mllvm=--stats -c a.c", pass, "dump-options", "a.o"},
    {"-mllvm --opt-bisect-limit=5 -c a.c", pass, "dump-options", "a.o"},
    {"-mllvm --verify-each -c a.c", pass, "dump-options", "a.o"},
    {"-mllvm -pass-remarks=inline -c a.c", pass, "dump-options", "a.o"},
    {"-Xclang -fverify-debuginfo-preserve -c a.c", pass, "dump-options", "a.o"},
    {"-Rpass=inline -c a.c", pass, "dump-options", "a.o"},
    {"-Rpass-missed=.* -c a.c", pass, "dump-options", "a.o"},
    {"-Rpass-analysis -c a.c", pass, "dump-options", "a.o"},
    {"-Xclang -Rpass=inline -c a.c", pass, "dump-options", "a.o"},
    {"-fsave-optimization-record=yaml -c a.c", pass, "dump-options", "a.o"},
    {"-foptimization-record-file=x -c a.c", pass, "dump-options", "a.o"},
    {"-v -c a.c", pass, "verbose", "a.o"},
    {"-fpass-plugin=x.so -c a.c", pass, "other-plugin", "a.o"},
    {"-Xclang -load -Xclang x.so -c a.c", pass, "other-plugin", "a.o"},
    {"--config x.cfg -c a.c", pass, "config-file", "a.o"},
    {"--config-user-dir=. -c a.c", pass, "config-file", "a.o"},
    {"--config-system-dir=/etc/clang -c a.c", pass, "config-file", "a.o"},
    {"-cc1 -emit-obj a.c", pass, "compiler-internal", "a.out"},
    {"--driver-mode=cl -c a.c", pass, "other-driver-mode", "a.o"},
    // Names that only look like a probe's.
    {"-c my-meson-private-data/a.c", compile, "", "a.o"},
    {"-c CMakeTmpl/a.c -o conftester.o", compile, "", "conftester.o"},
    {"-c conftest-cases.c", compile, "", "conftest-cases.o"},
    // Probes come before everything that a compile can be.
    {"-c conftest.c", pass, "probe", "conftest.o"},
    {"-c conftest2.c", pass, "probe", "conftest2.o"},
    {"-c b/CMakeFiles/3.25.1/CompilerIdCXX/CMakeCXXCompilerId.cpp", pass, "probe",
     "CMakeCXXCompilerId.o"},
    {"conftest.o -o conftest", pass, "probe", "conftest"},
    {"-c a.c -o /dev/null", pass, "probe", "/dev/null"},
    {"-c /b/meson-private/tmp1/testfile.c -o t.o", pass, "probe", "t.o"},
    {"-c /b/CMakeFiles/CMakeScratch/TryCompile-x/testCCompiler.c", pass, "probe",
     "testCCompiler.o"},
    {"-v -c CMakeCXXCompilerABI.cpp -o CMakeFiles/CMakeTmp/x.o", pass, "probe",
     "CMakeFiles/CMakeTmp/x.o"},
};

} // namespace

TEST_CASE("what a command does") {
  for (const Shape& shape : shapes) {
    CAPTURE(shape.command);
    const Decision decision = decide(shape.command);
    CHECK(decision.kind == shape.kind);
    CHECK(entry_of(decision.reason).name == shape.reason);
    CHECK(decision.output == shape.output);
  }
}

TEST_CASE("inputs in order, and the first that is compiled") {
  const Decision decision = decide("-o p x.o -L l -lm b.c -I i.c c.cc liby.a");
  CHECK(decision.inputs == std::vector<std::string>{"x.o", "b.c", "c.cc", "liby.a"});
  CHECK(decision.source == "b.c");
}

TEST_CASE("the working folder tells a probe too") {
  CHECK(decide("-c a.c", "/b/CMakeFiles/CMakeTmp").reason == Reason::Probe);
  CHECK(decide("-c a.c", "/b/meson-private").reason == Reason::Probe);
  CHECK(decide("-c a.c", "/b/meson-private-data").reason == Reason::None);
}

TEST_CASE("variables that edit or print the command") {
  const TestVariable variable("CCC_OVERRIDE_OPTIONS", "+-flto");
  CHECK(decide("-c a.c").reason == Reason::DriverEnvironment);
  CHECK(decide("a.o").reason == Reason::DriverEnvironment);
}

TEST_CASE("what matters of a link with link-time optimisation") {
  CHECK(decide("-flto=thin a.o").lto);
  CHECK_FALSE(decide("-flto -fno-lto a.o").lto);
  CHECK(decide("-flto -fno-lto -flto=full a.o").lto);
  CHECK(decide("-fuse-ld=lld -fuse-ld=mold a.o").linker == "mold");
  CHECK(decide("--ld-path=/x/ld.lld -fuse-ld=mold a.o").linker_path == "/x/ld.lld");
  CHECK_FALSE(decide("-flto -fuse-ld=lld a.o").finds_linker_elsewhere);
  for (const char* elsewhere : {"-B. a.o", "-B . a.o", "--prefix=x a.o", "--target=x86_64-linux-gnu a.o",
                                "-no-canonical-prefixes a.o"}) {
    CHECK_MESSAGE(decide(elsewhere).finds_linker_elsewhere, elsewhere);
  }
  CHECK_FALSE(decide("-Wl,-O2,--thinlto-jobs=8,-S,-E,-mllvm,-unroll-count=2 -Xlinker --lto-O3 a.o").linker_keeps_or_tells);
  for (const char* keeping : {"-Wl,-O2,--thinlto-cache-dir=x a.o", "-Wl,-plugin-opt=cache-dir=x a.o", "-Wl,@x a.o",
                              "-Xlinker --load-pass-plugin=x a.o", "-Wl,--thinlto-index-only a.o",
                              "--for-linker --reproduce=x a.o", "-Wl,-mllvm,-print-after-all a.o",
                              "-Xlinker -mllvm -Xlinker --print-after-all a.o", "-Wl,--plugin-opt=-print-after-all a.o",
                              "-Wl,--lto-debug-pass-manager a.o", "-Wl,--lto-partitions=4 a.o", "-Wl,-plugin-opt=lto-partitions=4 a.o"}) {
    CHECK_MESSAGE(decide(keeping).linker_keeps_or_tells, keeping);
  }
  CHECK(decide("-v a.o").reason == Reason::None);
  CHECK(decide("-v a.o").link_reason == Reason::Verbose);
}

TEST_CASE("response files are read for the decision") {
  const TestFolder folder;
  REQUIRE(write_file(folder / "r", "-c 'a b.c'\n-flto"));
  const Decision decision = decide("@" + (folder / "r") + " -o x.o");
  CHECK(decision.lto);
  CHECK(decision.arguments == std::vector<std::string>{"-c", "a b.c", "-flto", "-o", "x.o"});
  CHECK(decide("@/nowhere -c a.c").reason == Reason::ResponseFileUnreadable);
}

TEST_CASE("arguments that are not there, and bytes that are no text") {
  CHECK(decide("-c a.c -o").output.empty());
  CHECK(decide("-c a.c -Xclang").kind == compile);
  const Decision decision = classify({"-c", "b\xff d.c"}, "/src");
  CHECK(decision.kind == compile);
  CHECK(decision.output == "b\xff d.o");
  CHECK(classify({"", "-c", "-", ""}, "").kind == pass);
}

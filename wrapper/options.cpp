// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which options take a separate argument was asked from clang 22 itself: every option that it
// knows, put last on a command line, either complains of a missing argument or does not.
#include "options.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace autopass {
namespace {

using enum Form;
using enum Effect;

constexpr Option stop(std::string_view spelling, Reason reason) {
  return {spelling, Flag, Stop, reason};
}

constexpr Option driver_options[] = {
    // How far the command goes.
    stop("-c", Reason::None),
    stop("--compile", Reason::None),
    stop("-E", Reason::PreprocessOnly),
    stop("--preprocess", Reason::PreprocessOnly),
    stop("-M", Reason::PreprocessOnly),
    stop("-MM", Reason::PreprocessOnly),
    stop("--dependencies", Reason::PreprocessOnly),
    stop("--user-dependencies", Reason::PreprocessOnly),
    stop("-fsyntax-only", Reason::SyntaxOnly),
    stop("--analyze", Reason::SyntaxOnly),
    stop("--migrate", Reason::SyntaxOnly),
    stop("-extract-api", Reason::SyntaxOnly),
    stop("-emit-symbol-graph", Reason::SyntaxOnly),
    stop("-rewrite-objc", Reason::SyntaxOnly),
    stop("-rewrite-legacy-objc", Reason::SyntaxOnly),
    stop("-verify-pch", Reason::SyntaxOnly),
    stop("-module-file-info", Reason::SyntaxOnly),
    stop("-S", Reason::AssemblyOutput),
    stop("--assemble", Reason::AssemblyOutput),
    stop("--precompile", Reason::PchOrModules),
    stop("-emit-ast", Reason::IrOutput),
    stop("-emit-cir", Reason::IrOutput),
    stop("-emit-interface-stubs", Reason::IrOutput),
    stop("-emit-merged-ifs", Reason::IrOutput),
    raise("-emit-llvm", Reason::IrOutput),

    // Inputs and outputs.
    {"-o", JoinedOrSeparate, Output},
    {"-object", Flag},
    {"-objcmt-", Joined},
    {"--output", Separate, Output},
    {"--output=", Joined, Output},
    {"-x", JoinedOrSeparate, Language},
    {"--language", Separate, Language},
    {"--language=", Joined, Language},
    {"-l", JoinedOrSeparate, Library},
    {"--", Flag, EndOfOptions},
    raise("-working-directory", Reason::ConfigFile, Separate),
    raise("-working-directory=", Reason::ConfigFile, Joined),
    raise("-filelist", Reason::ResponseFileUnreadable, Separate),
    raise("--rsp-quoting=", Reason::ResponseFileUnreadable, Joined),
    raise("--config", Reason::ConfigFile, Separate),
    raise("--config=", Reason::ConfigFile, Joined),
    raise("-ccc-install-dir", Reason::ConfigFile, Separate),
    raise("--config-system-dir=", Reason::ConfigFile, Joined),
    raise("--config-user-dir=", Reason::ConfigFile, Joined),

    // Nothing is built, or the command is shown.
    raise("-###", Reason::PrintOnly),
    raise("--version", Reason::PrintOnly),
    raise("-dumpversion", Reason::PrintOnly),
    raise("-dumpmachine", Reason::PrintOnly),
    raise("--help", Reason::PrintOnly),
    raise("--help-hidden", Reason::PrintOnly),
    raise("-help", Reason::PrintOnly),
    raise("--autocomplete=", Reason::PrintOnly, Joined),
    raise("-print-", Reason::PrintOnly, Joined),
    raise("--print-", Reason::PrintOnly, Joined),
    raise("-ccc-print-", Reason::PrintOnly, Joined),
    raise("--print-file-name", Reason::PrintOnly, Separate),
    raise("--print-prog-name", Reason::PrintOnly, Separate),
    raise("-fdriver-only", Reason::PrintOnly),
    raise("-mcpu=help", Reason::PrintOnly),
    raise("-mcpu=?", Reason::PrintOnly),
    raise("-mtune=help", Reason::PrintOnly),
    raise("-mtune=?", Reason::PrintOnly),
    raise("-v", Reason::Verbose),
    raise("--verbose", Reason::Verbose),

    // Link-time optimisation. It may be switched off again.
    {"-flto", Flag, Effect::Lto},
    {"-flto=", Joined, Effect::Lto},
    raise("-ffat-lto-objects", Reason::Lto),
    raise("-funified-lto", Reason::Lto),
    raise("-fthinlto-index=", Reason::Lto, Joined),
    raise("-fthinlto-distributor=", Reason::Lto, Joined),
    {"-fno-lto", Flag, Clear, Reason::Lto},
    {"-fuse-ld=", Joined, Linker},
    {"--ld-path=", Joined, LinkerPath},
    {"-Wl,", Joined, LinkerOption},
    {"-B", JoinedOrSeparate, ProgramFolder},
    {"--prefix", Separate, ProgramFolder},
    {"--prefix=", Joined, ProgramFolder},
    {"-no-canonical-prefixes", Flag, ProgramFolder},

    // The compiler adds code of its own.
    raise("-fsanitize=", Reason::Sanitizer, Joined),
    {"-fno-sanitize=all", Flag, Clear, Reason::Sanitizer},
    raise("--coverage", Reason::Coverage),
    raise("-coverage", Reason::Coverage),
    raise("-fprofile-arcs", Reason::Coverage),
    raise("-ftest-coverage", Reason::Coverage),
    raise("-fcoverage-mapping", Reason::Coverage),
    raise("-fprofile-generate", Reason::Coverage),
    raise("-fprofile-generate=", Reason::Coverage, Joined),
    raise("-fcs-profile-generate", Reason::Coverage),
    raise("-fcs-profile-generate=", Reason::Coverage, Joined),
    raise("-fprofile-instr-generate", Reason::Coverage),
    raise("-fprofile-instr-generate=", Reason::Coverage, Joined),
    raise("-fprofile-generate-", Reason::Coverage, Joined),
    raise("-fmemory-profile", Reason::Coverage),
    raise("-fmemory-profile=", Reason::Coverage, Joined),
    raise("-fxray-instrument", Reason::Coverage),
    raise("-fsanitize-coverage", Reason::Coverage, Joined),
    raise("-forder-file-instrumentation", Reason::Coverage),

    // Modules and precompiled headers. Including one (-include-pch) is nothing special.
    raise("-fmodules", Reason::PchOrModules),
    raise("-fcxx-modules", Reason::PchOrModules),
    raise("-fmodules-ts", Reason::PchOrModules),
    raise("-fmodule-", Reason::PchOrModules, Joined),

    // Other machines.
    raise("-fopenmp-targets=", Reason::Offload, Joined),
    raise("--offload", Reason::Offload, Joined),
    raise("-fsycl", Reason::Offload, Joined),
    raise("--cuda-", Reason::Offload, Joined),
    raise("--hip", Reason::Offload, Joined),
    raise("-fembed-offload-object=", Reason::Offload, Joined),

    // The command, or what the passes did, goes into the object or a side output. The negative
    // forms of these take nothing back: -fno-record-command-line leaves -grecord-command-line be.
    raise("-save-temps", Reason::SaveTemps),
    raise("--save-temps", Reason::SaveTemps),
    raise("-save-temps=", Reason::SaveTemps, Joined),
    raise("--save-temps=", Reason::SaveTemps, Joined),
    raise("-frecord-command-line", Reason::RecordCommandLine),
    raise("-grecord-command-line", Reason::RecordCommandLine),
    raise("-frecord-gcc-switches", Reason::RecordCommandLine),
    raise("-grecord-gcc-switches", Reason::RecordCommandLine),
    raise("-gcodeview", Reason::RecordCommandLine),
    {"-target", Separate, Target},
    {"--target=", Joined, Target},
    raise("-fembed-bitcode", Reason::RecordCommandLine),
    raise("-fembed-bitcode=", Reason::RecordCommandLine, Joined),
    raise("-fembed-bitcode-marker", Reason::RecordCommandLine),
    raise("-MJ", Reason::DumpOptions, JoinedOrSeparate),
    raise("-gen-cdb-fragment-path", Reason::DumpOptions, Separate),
    raise("-fdebug-pass-", Reason::DumpOptions, Joined),
    raise("-save-stats", Reason::DumpOptions),
    raise("-save-stats=", Reason::DumpOptions, Joined),
    raise("-ftime-report", Reason::DumpOptions, Joined),
    raise("-ftime-trace", Reason::DumpOptions, Joined),
    raise("-fproc-stat-report", Reason::DumpOptions, Joined),
    raise("-fsave-optimization-record", Reason::DumpOptions, Joined),
    raise("-foptimization-record-", Reason::DumpOptions, Joined),
    raise("-Rpass", Reason::DumpOptions, Joined),
    raise("-gen-reproducer", Reason::DumpOptions, Joined),
    raise("-fpass-plugin=", Reason::OtherPlugin, Joined),
    raise("-fplugin=", Reason::OtherPlugin, Joined),

    // Driver modes. C and C++ are the two that we stand in for.
    raise("--driver-mode=", Reason::OtherDriverMode, Joined),
    {"--driver-mode=gcc", Flag},
    {"--driver-mode=g++", Flag},

    // Arguments that are none of our business, and must not be taken for inputs.
    {"-Xclang", Separate, CompilerOption},
    {"-Xclang=", Joined, CompilerOption},
    {"-Xanalyzer", Separate},
    // An option of the driver for some of the machines: seldom enough not to ask which.
    raise("-Xarch_", Reason::Offload, JoinedAndSeparate),
    {"-Xassembler", Separate},
    {"-Xclangas", Separate},
    {"-Xcuda-fatbinary", Separate},
    {"-Xcuda-ptxas", Separate},
    {"-Xlinker", Separate, LinkerOption},
    {"-Xoffload-linker", Separate},
    {"-Xopenmp-target", Separate},
    {"-Xopenmp-target=", JoinedAndSeparate},
    {"-Xpreprocessor", Separate, CompilerOption},
    {"-Wp,", Joined, CompilerOption},
    {"-Xthinlto-distributor=", Joined},
    {"--analyzer-output", Separate},
    {"--assert", Separate},
    {"--define-macro", Separate},
    {"--dyld-prefix", Separate},
    {"--for-linker", Separate, LinkerOption},
    {"--for-linker=", Joined, LinkerOption},
    {"--force-link", Separate},
    {"--imacros", Separate},
    {"--include", Separate},
    {"--include-directory", Separate},
    {"--include-directory-after", Separate},
    {"--include-prefix", Separate},
    {"--include-with-prefix", Separate},
    {"--include-with-prefix-after", Separate},
    {"--include-with-prefix-before", Separate},
    {"--library-directory", Separate},
    {"--param", Separate},
    {"--serialize-diagnostics", Separate},
    {"--specs", Separate},
    {"--std", Separate},
    {"--sysroot", Separate},
    {"--undefine-macro", Separate},
    {"--vfsoverlay", Separate},
    {"-A", JoinedOrSeparate},
    {"-D", JoinedOrSeparate},
    {"-F", JoinedOrSeparate},
    {"-G", JoinedOrSeparate},
    {"-I", JoinedOrSeparate},
    {"-L", JoinedOrSeparate},
    {"-MF", JoinedOrSeparate},
    {"-MQ", JoinedOrSeparate},
    {"-MT", JoinedOrSeparate},
    {"-T", JoinedOrSeparate},
    {"-U", JoinedOrSeparate},
    {"-V", JoinedOrSeparate},
    {"-allowable_client", Separate},
    {"-arch", Separate},
    {"-b", JoinedOrSeparate},
    {"-bundle_loader", Separate},
    {"-ccc-gcc-name", Separate},
    {"-client_name", Separate},
    {"-compatibility_version", Separate},
    {"-current_version", Separate},
    {"-cxx-isystem", JoinedOrSeparate},
    {"-darwin-target-variant", Separate},
    {"-darwin-target-variant-triple", Separate},
    {"-dependency-dot", Separate},
    {"-dependency-file", Separate},
    {"-dsym-dir", JoinedOrSeparate},
    {"-dumpdir", Separate},
    {"-dylib_file", Separate},
    {"-e", JoinedOrSeparate},
    {"-exported_symbols_list", Separate},
    {"-fdebug-compilation-dir", Separate},
    {"-fexperimental-openacc-macro-override", Separate},
    {"-fmodules-user-build-path", Separate},
    {"-force_load", Separate},
    {"-framework", Separate},
    {"-ftrapv-handler", Separate},
    {"-hlsl-entry", Separate},
    {"-iapinotes-modules", JoinedOrSeparate},
    {"-idirafter", JoinedOrSeparate},
    {"-iframework", JoinedOrSeparate},
    {"-iframeworkwithsysroot", JoinedOrSeparate},
    {"-image_base", Separate},
    {"-imacros", JoinedOrSeparate},
    {"-imultilib", Separate},
    {"-include", JoinedOrSeparate},
    {"-include-pch", Separate},
    {"-init", Separate},
    {"-install_name", Separate},
    {"-iprefix", JoinedOrSeparate},
    {"-iquote", JoinedOrSeparate},
    {"-isysroot", JoinedOrSeparate},
    {"-isystem", JoinedOrSeparate},
    {"-isystem-after", JoinedOrSeparate},
    {"-ivfsoverlay", JoinedOrSeparate},
    {"-iwithprefix", JoinedOrSeparate},
    {"-iwithprefixbefore", JoinedOrSeparate},
    {"-iwithsysroot", JoinedOrSeparate},
    {"-lazy_framework", Separate},
    {"-lazy_library", Separate},
    {"-meabi", Separate},
    {"-mllvm", Separate, CompilerOption},
    {"-mllvm=", Joined, CompilerOption},
    {"-mmlir", Separate},
    {"-module-dependency-dir", Separate},
    {"-mthread-model", Separate},
    {"-multiply_defined", Separate},
    {"-pagezero_size", Separate},
    {"-read_only_relocs", Separate},
    {"-resource-dir", Separate},
    {"-rpath", Separate},
    {"-serialize-diagnostics", Separate},
    {"-specs", Separate},
    {"-stdlib++-isystem", JoinedOrSeparate},
    {"-sub_library", Separate},
    {"-u", JoinedOrSeparate},
    {"-umbrella", Separate},
    {"-undefined", JoinedOrSeparate},
    {"-unexported_symbols_list", Separate},
    {"-validator-version", Separate},
    {"-vfsoverlay", JoinedOrSeparate},
    {"-weak_framework", Separate},
    {"-weak_library", Separate},
    {"-weak_reference_mismatches", Separate},
    {"-z", Separate},
};

bool matches(const Option& option, std::string_view word) {
  const bool begins = word.substr(0, option.spelling.size()) == option.spelling;
  const bool whole = option.form == Flag || option.form == Separate;
  return begins && (!whole || word.size() == option.spelling.size());
}

} // namespace

std::span<const Option> options() {
  return driver_options;
}

const Option* find_option(std::span<const Option> table, std::string_view word) {
  const Option* longest = nullptr;
  for (const auto& option : table) {
    if (matches(option, word) &&
        (longest == nullptr || option.spelling.size() > longest->spelling.size())) {
      longest = &option;
    }
  }
  return longest;
}

bool has_codeview(std::string_view target) {
  constexpr std::string_view systems[] = {"windows", "win32", "uefi"};
  return std::any_of(std::begin(systems), std::end(systems), [&](std::string_view system) {
    return target.find(system) != std::string_view::npos;
  });
}

} // namespace autopass

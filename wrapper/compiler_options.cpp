// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "options.h"

namespace autopass {
namespace {

using enum Form;

// LLVM takes each of its options with one dash and with two; here they have one.
constexpr Option table[] = {
    // Something else than an object is made.
    raise("-emit-", Reason::IrOutput, Joined),
    raise("-S", Reason::AssemblyOutput),
    raise("-E", Reason::PreprocessOnly),
    raise("-Eonly", Reason::PreprocessOnly),
    raise("-rewrite-", Reason::PreprocessOnly, Joined),
    raise("-fsyntax-only", Reason::SyntaxOnly),
    raise("-verify", Reason::SyntaxOnly),
    raise("-verify=", Reason::SyntaxOnly, Joined),
    raise("-verify-pch", Reason::SyntaxOnly),
    raise("-ast-", Reason::SyntaxOnly, Joined),
    raise("-analyze", Reason::SyntaxOnly),
    raise("-code-completion-at", Reason::SyntaxOnly, Joined),
    raise("-dump-raw-tokens", Reason::SyntaxOnly),
    raise("-dump-tokens", Reason::SyntaxOnly),
    raise("-extract-api", Reason::SyntaxOnly),
    raise("-fixit", Reason::SyntaxOnly, Joined),
    raise("-init-only", Reason::SyntaxOnly),
    raise("-migrate", Reason::SyntaxOnly),
    raise("-module-file-info", Reason::SyntaxOnly),
    raise("-templight-dump", Reason::SyntaxOnly),

    raise("-gcodeview", Reason::RecordCommandLine, Joined),
    raise("-load", Reason::OtherPlugin, Joined),
    raise("-plugin", Reason::OtherPlugin),
    raise("-add-plugin", Reason::OtherPlugin),
    raise("-fpass-plugin=", Reason::OtherPlugin, Joined),

    // What lists passes or options would list ours; what tells of them would tell what a plan does.
    raise("-print-", Reason::DumpOptions, Joined),
    raise("-debug", Reason::DumpOptions),
    raise("-debug-only", Reason::DumpOptions, Joined),
    raise("-debug-counter", Reason::DumpOptions, Joined),
    raise("-debug-pass", Reason::DumpOptions, Joined),
    raise("-fdebug-pass-", Reason::DumpOptions, Joined),
    raise("-header-include-file", Reason::DumpOptions), // appended to while the source is parsed
    raise("-diagnostic-log-file", Reason::DumpOptions),
    raise("-dot-", Reason::DumpOptions, Joined),
    raise("-view-", Reason::DumpOptions, Joined),
    raise("-ftime-", Reason::DumpOptions, Joined),
    raise("-time-", Reason::DumpOptions, Joined),
    raise("-track-memory", Reason::DumpOptions),
    raise("-stats", Reason::DumpOptions, Joined),
    raise("-info-output-file", Reason::DumpOptions, Joined),
    raise("-opt-bisect", Reason::DumpOptions, Joined),
    raise("-opt-record-", Reason::DumpOptions, Joined),
    raise("-pass-remarks", Reason::DumpOptions, Joined),
    raise("-Rpass", Reason::DumpOptions, Joined),
    raise("-fverify-debuginfo-preserve", Reason::DumpOptions, Joined),
    raise("-verify-debuginfo-preserve", Reason::DumpOptions, Joined),
    raise("-verify-each", Reason::DumpOptions, Joined),
    raise("-help", Reason::DumpOptions, Joined),
    raise("-version", Reason::DumpOptions),
};

} // namespace

std::span<const Option> compiler_options() {
  return table;
}

const Option* find_compiler_option(std::string_view word) {
  return find_option(table, word.substr(word.substr(0, 2) == "--" ? 1 : 0));
}

} // namespace autopass

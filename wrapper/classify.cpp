// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The parser interprets the table in options.cpp and knows no option by itself. It collects what it
// sees (inputs, how far the command goes, a set of reasons against the plugin) and decides at the
// end, because an option may be taken back by a later one.
#include "classify.h"

#include "cache/source_endings.h"
#include "input_kind.h"
#include "options.h"
#include "response.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdlib>
#include <optional>

namespace autopass {
namespace {

struct Input {
  std::string path;
  InputKind kind;
};

struct Seen {
  std::bitset<reason_count> reasons;
  std::vector<Input> inputs;
  std::optional<Reason> stop; // how far the command goes; None: to an object; nothing: to a link
  bool library = false;
  std::optional<std::string> output;
  bool lto = false, finds_linker_elsewhere = false, linker_keeps_or_tells = false;
  std::string linker, linker_path;

  void raise(Reason reason) { reasons.set(static_cast<std::size_t>(reason)); }
  void clear(Reason reason) { reasons.reset(static_cast<std::size_t>(reason)); }
  // The earliest stop wins, an object being the last.
  void stop_at(Reason reason) {
    if (!stop || *stop == Reason::None || (reason != Reason::None && reason < *stop)) {
      stop = reason;
    }
  }
};

// A file that is open already, by itself or joined to an option: it may be a pipe, which is read once, and what
// is written through such a name is not seen by who holds output back. Not ~/dev/stdlib.
bool names_open_file(std::string_view word) {
  const auto path = word.substr(std::min(word.find('/'), word.size()));
  constexpr std::string_view names[] = {"/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd/", "/dev/tty", "/proc/self/"};
  return std::any_of(std::begin(names), std::end(names),
                     [&](std::string_view name) { return path.substr(0, name.size()) == name; });
}

// What the link makes or says would depend on our option, beyond the code: a cache of objects that is not keyed
// by plugins, a link in several steps, a copy of the command, another plugin, a list of passes, a back end in several
// contexts, to which the plugin does not listen; or we do not see what it is told.
bool keeps_or_tells(std::string_view linker_option, std::string_view before) {
  constexpr std::string_view parts[] = {"cache-dir",   "index-only",   "reproduce", "pass-plugin",
                                        "opt-remarks", "pass-manager", "time-trace", "stats-file", "thinlto-distributor",
                                        "lto-partitions"};
  const auto joined = linker_option.find("=-"); // --mllvm=-print-after-all, --plugin-opt=-print-after-all
  constexpr std::string_view for_llvm[] = {"-mllvm", "--mllvm", "-plugin-opt", "--plugin-opt"};
  const bool is_next = std::find(std::begin(for_llvm), std::end(for_llvm), before) != std::end(for_llvm);
  std::string_view of_llvm = is_next ? linker_option : std::string_view();
  if (joined != std::string_view::npos) {
    of_llvm = linker_option.substr(joined + 1);
  }
  return linker_option.substr(0, 1) == "@" || find_compiler_option(of_llvm) != nullptr ||
         std::any_of(std::begin(parts), std::end(parts), [&](std::string_view part) {
           return linker_option.find(part) != std::string_view::npos;
         });
}

class Parser {
public:
  explicit Parser(const std::vector<std::string>& words) : m_words(words) {}

  Seen parse() {
    if (!m_words.empty() && m_words[0].compare(0, 4, "-cc1") == 0) {
      m_seen.raise(Reason::CompilerInternal);
    }
    if (std::any_of(m_words.begin(), m_words.end(), names_open_file)) {
      m_seen.raise(Reason::OpenFileName);
    }
    while (m_next < m_words.size()) {
      const std::string& word = m_words[m_next++];
      const bool is_option = !m_options_ended && word.size() > 1 && word[0] == '-';
      if (!is_option) {
        add_input(word);
      } else if (const Option* option = find_option(options(), word)) {
        apply(*option, argument_of(*option, word));
      }
    }
    return std::move(m_seen);
  }

private:
  std::string argument_of(const Option& option, const std::string& word) {
    const bool joined = option.form == Form::Joined || (option.form == Form::JoinedOrSeparate &&
                                                        word.size() > option.spelling.size());
    if (joined || option.form == Form::Flag) {
      return word.substr(option.spelling.size());
    }
    return m_next < m_words.size() ? m_words[m_next++] : std::string();
  }

  void apply(const Option& option, const std::string& argument) {
    switch (option.effect) {
    case Effect::Nothing:
      break;
    case Effect::Stop:
      m_seen.stop_at(option.reason);
      break;
    case Effect::Output:
      m_seen.output = argument;
      break;
    case Effect::Language:
      m_language = argument == "none" ? std::nullopt : std::optional(kind_of_language(argument));
      break;
    case Effect::Library:
      m_seen.library = true;
      break;
    case Effect::Raise:
      m_seen.raise(option.reason);
      break;
    case Effect::Clear:
      m_seen.clear(option.reason);
      m_seen.lto = m_seen.lto && option.reason != Reason::Lto;
      break;
    case Effect::Lto:
      m_seen.lto = true;
      break;
    case Effect::Linker:
      m_seen.linker = argument;
      break;
    case Effect::LinkerPath:
      m_seen.linker_path = argument;
      break;
    case Effect::LinkerOption:
      m_seen.library = m_seen.library || option.form == Form::Separate;
      for (const auto& word : split(argument, ',')) { // -Wl,-one,-other
        m_seen.linker_keeps_or_tells = m_seen.linker_keeps_or_tells || keeps_or_tells(word, m_linker_word);
        m_linker_word = word;
      }
      break;
    case Effect::ProgramFolder:
      m_seen.finds_linker_elsewhere = true;
      break;
    case Effect::Target:
      m_seen.finds_linker_elsewhere = true;
      if (has_codeview(argument)) {
        m_seen.raise(Reason::RecordCommandLine);
      }
      break;
    case Effect::CompilerOption:
      for (const auto& word : split(argument, ',')) { // -Wp,-one,-other
        if (const Option* inner = find_compiler_option(word)) {
          m_seen.raise(inner->reason);
        }
      }
      break;
    case Effect::EndOfOptions:
      m_options_ended = true;
      break;
    }
  }

  void add_input(const std::string& word) {
    if (word == "-") {
      m_seen.raise(Reason::StdinInput);
    }
    m_seen.inputs.push_back({word, m_language.value_or(kind_of_file(word))});
  }

  const std::vector<std::string>& m_words;
  std::size_t m_next = 0;
  bool m_options_ended = false;
  std::optional<InputKind> m_language;
  std::string m_linker_word; // the last one
  Seen m_seen;
};

// Variables with which clang's driver edits or prints what it is told.
bool driver_environment() {
  constexpr const char* names[] = {"CCC_OVERRIDE_OPTIONS", "QA_OVERRIDE_GCC3_OPTIONS",
                                   "CC_PRINT_OPTIONS",     "CC_PRINT_HEADERS",
                                   "CC_PRINT_PROC_STAT",   "CC_PRINT_INTERNAL_STAT",
                                   "CC_LOG_DIAGNOSTICS",   "FORCE_CLANG_DIAGNOSTICS_CRASH"};
  return std::any_of(std::begin(names), std::end(names),
                     [](const char* name) { return std::getenv(name) != nullptr; });
}

// conftest.c, conftest2.o
bool is_conftest(const std::string& name) {
  constexpr std::string_view stem = "conftest";
  return name.compare(0, stem.size(), stem) == 0 &&
         name.find_first_not_of("0123456789", stem.size()) == name.find('.');
}

// autoconf, CMake and Meson try the compiler on files of their own.
bool is_probe_path(const std::string& path) {
  constexpr std::string_view folders = " CMakeTmp CMakeScratch meson-private CompilerIdC "
                                       "CompilerIdCXX CompilerIdOBJC CompilerIdOBJCXX ";
  const auto parts = split(path, '/');
  return is_conftest(base_name(path)) ||
         std::any_of(parts.begin(), parts.end(),
                     [&](const std::string& part) { return is_one_of(part, folders); });
}

void look_at_paths(Seen& seen, const std::string& folder) {
  bool probe = is_probe_path(folder) || seen.output == "/dev/null";
  for (const auto& input : seen.inputs) {
    probe = probe || is_probe_path(input.path);
    switch (input.kind) {
    case InputKind::Assembler:
      seen.raise(Reason::AssemblerInput);
      break;
    case InputKind::Ir:
      seen.raise(Reason::IrInput);
      break;
    case InputKind::Header:
      seen.raise(Reason::PchOrModules);
      break;
    case InputKind::Offload:
      seen.raise(Reason::Offload);
      break;
    case InputKind::Other:
      seen.raise(Reason::OtherLanguage);
      break;
    case InputKind::Source:
    case InputKind::Linkable:
      break;
    }
  }
  if (probe || is_probe_path(seen.output.value_or(""))) {
    seen.raise(Reason::Probe);
  }
  if (seen.output == "-") {
    seen.raise(Reason::OutputToStdout);
  }
}

// The first reason of the set that holds for this kind of job.
Reason first_reason(const Seen& seen, JobKind kind) {
  for (std::size_t index = 1; index < reason_count; ++index) {
    const auto reason = static_cast<Reason>(index);
    if (seen.reasons.test(index) && (kind != JobKind::Link || entry_of(reason).stops_links)) {
      return reason;
    }
  }
  return Reason::None;
}

std::string object_name(const std::string& source) {
  const std::string name = base_name(source);
  return name.substr(0, name.rfind('.')) + ".o";
}

} // namespace

Decision classify(const std::vector<std::string>& arguments, const std::string& folder) {
  Decision decision;
  auto expanded = expand_responses(arguments);
  decision.arguments = expanded ? std::move(*expanded) : arguments;
  Seen seen = Parser(decision.arguments).parse();
  if (!expanded) {
    seen.raise(Reason::ResponseFileUnreadable);
  }
  if (driver_environment()) {
    seen.raise(Reason::DriverEnvironment);
  }
  look_at_paths(seen, folder);

  std::size_t compiled = 0;
  for (const auto& input : seen.inputs) {
    decision.inputs.push_back(input.path);
    if (input.kind == InputKind::Linkable) {
      continue;
    }
    decision.sources.push_back(input.path);
    if (compiled++ == 0) {
      decision.source = input.path;
    }
  }
  decision.to_object = seen.stop == Reason::None;
  decision.output = seen.output.value_or("");

  // From here on the command is known; what is left is to name it.
  if (seen.stop && *seen.stop != Reason::None) {
    seen.raise(*seen.stop);
  } else if (seen.stop) {
    decision.kind = JobKind::Compile;
    if (compiled == 0) {
      seen.raise(Reason::NoInput);
    } else if (compiled > 1) {
      seen.raise(Reason::SeveralOutputs);
    } else if (!seen.output) {
      decision.output = object_name(decision.source);
    }
  } else {
    decision.kind = compiled > 0 ? JobKind::CompileAndLink : JobKind::Link;
    if (seen.inputs.empty() && !seen.library) {
      seen.raise(Reason::NoInput);
    } else if (!seen.output) {
      decision.output = "a.out";
    }
  }
  decision.lto = seen.lto;
  decision.linker = seen.linker;
  decision.linker_path = seen.linker_path;
  decision.finds_linker_elsewhere = seen.finds_linker_elsewhere;
  decision.linker_keeps_or_tells = seen.linker_keeps_or_tells;
  decision.link_reason = first_reason(seen, JobKind::CompileAndLink);
  decision.reason = first_reason(seen, decision.kind);
  if (decision.reason != Reason::None) {
    decision.kind = JobKind::PassThrough;
  }
  return decision;
}

} // namespace autopass

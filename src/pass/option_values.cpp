// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Passes ask an option two things: its value, and often whether it was given at all. So a setting
// goes in the way a command line does, by an occurrence, and is taken back by reset(), which knows
// LLVM's default. The place on the command line, by which a few passes ask whether it was given, is
// no part of that. Both are right because only options that nobody else has touched are ever set:
// no occurrence, and a value that equals the default where the type lets us look.
#include "option_values.h"

#include "util/descriptor.h"

#include <llvm/ADT/StringMap.h>
#include <llvm/Support/raw_ostream.h>

#include <algorithm>
#include <cassert>
#include <fcntl.h>
#include <optional>
#include <sys/mman.h>
#include <unistd.h>

namespace autopass {

using namespace llvm;

namespace {

template <class T> std::string to_text(const T& value) { return std::to_string(value); }
std::string to_text(const std::string& value) { return value; }

// The value in words and whether it is the default, for the types that options commonly have.
struct Reading {
  std::string value;
  bool is_default;
};

template <class T> std::optional<Reading> read_as(const cl::Option& option) {
  const auto* typed = dynamic_cast<const cl::opt<T>*>(&option);
  if (typed == nullptr) {
    return std::nullopt;
  }
  const T value = typed->getValue();
  const auto& fallback = typed->getDefault();
  return Reading{to_text(value), value == (fallback.hasValue() ? fallback.getValue() : T())};
}

std::optional<Reading> read(const cl::Option& option) {
  for (const auto& reading :
       {read_as<bool>(option), read_as<unsigned>(option), read_as<int>(option),
        read_as<std::uint64_t>(option), read_as<std::string>(option)}) {
    if (reading) {
      return reading;
    }
  }
  return std::nullopt;
}

// Most options with a choice of words have a type that one file of LLVM alone knows, and can do one thing with
// their value: print it to standard output, which is a file in memory for that moment. Only the user's own
// options are asked, before anything else is written there.
std::string printed(const cl::Option& option) {
  outs().flush();
  const Descriptor real(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3));
  const Descriptor memory(above_standard(::memfd_create("autopass", MFD_CLOEXEC)));
  if (real.get() < 0 || memory.get() < 0 || ::dup2(memory.get(), STDOUT_FILENO) < 0) {
    return {};
  }
  option.printOptionValue(option.ArgStr.size(), true); // the width may not be less
  outs().flush();
  ::dup2(real.get(), STDOUT_FILENO);
  char text[1024];
  const ssize_t size = ::pread(memory.get(), text, sizeof text, 0);
  return std::string(text, size > 0 ? std::size_t(size) : 0);
}

std::string value_in_words(const cl::Option& option) {
  if (const auto reading = read(option)) {
    return reading->value;
  }
  if (const auto* words = dynamic_cast<const cl::list<std::string>*>(&option)) {
    std::string text;
    for (const std::string& word : *words) {
      text += word + '\0';
    }
    return text;
  }
  return printed(option);
}

std::string to_text(const Value& value) {
  if (const bool* flag = std::get_if<bool>(&value)) {
    return *flag ? "true" : "false";
  }
  if (const std::int64_t* number = std::get_if<std::int64_t>(&value)) {
    return std::to_string(*number);
  }
  return std::get<std::string>(value);
}

} // namespace

std::vector<std::pair<std::string, std::string>> options_set_by_user() {
  std::vector<std::pair<std::string, std::string>> set;
  for (const auto& [name, option] : cl::getRegisteredOptions()) {
    if (option->getNumOccurrences() > 0 && !name.starts_with("autopass-")) {
      set.emplace_back(name.str(), value_in_words(*option));
    }
  }
  std::sort(set.begin(), set.end());
  return set;
}

bool has_options(const std::vector<Setting>& settings) {
  const auto& registered = cl::getRegisteredOptions();
  return std::all_of(settings.begin(), settings.end(), [&](const Setting& setting) {
    return registered.find(setting.name) != registered.end();
  });
}

OptionSettings resolve(const std::vector<Setting>& settings) {
  OptionSettings resolved;
  const auto& registered = cl::getRegisteredOptions();
  for (const Setting& setting : settings) {
    const auto found = registered.find(setting.name);
    const bool ours = found != registered.end() && found->second->getNumOccurrences() == 0 &&
                      read(*found->second).value_or(Reading{{}, true}).is_default;
    if (ours) {
      resolved.settings.push_back({found->second, to_text(setting.value)});
    } else {
      ++resolved.left_out;
    }
  }
  return resolved;
}

void OptionFlip::set(const OptionSettings* settings) {
  if (settings == m_current) {
    return;
  }
  if (m_current != nullptr) {
    for (const auto& one : m_current->settings) {
      one.option->reset();
      one.option->setPosition(0);
    }
  }
  m_current = settings;
  if (m_current != nullptr) {
    for (const auto& one : m_current->settings) {
      [[maybe_unused]] const bool refused =
          one.option->addOccurrence(1, one.option->ArgStr, one.value);
      assert(!refused && "the vocabulary allows a value that the option does not take");
    }
  }
}

} // namespace autopass

// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "launcher.h"

#include "input_kind.h"
#include "util/paths.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <sys/stat.h>

namespace autopass {
namespace {

// Most first words that are no options end here, before any file is looked at.
bool has_input_ending(const std::string& word) {
  constexpr std::string_view endings[] = {"o", "obj", "lo", "a", "lib", "so", "la"};
  const std::string name = base_name(word);
  const auto dot = name.rfind('.');
  const std::string_view ending =
      dot == std::string::npos ? std::string_view() : std::string_view(name).substr(dot + 1);
  return kind_of_file(name) != InputKind::Linkable || name.find(".so.") != std::string::npos ||
         std::find(std::begin(endings), std::end(endings), ending) != std::end(endings);
}

// Without a slash in it: the file of that name here, where it is another one than PATH's.
bool is_input_here(const std::string& word, const std::string& found) {
  struct stat here {}, there {};
  return word.find('/') == std::string::npos && !is_compiler_name(word) &&
         ::stat(word.c_str(), &here) == 0 && S_ISREG(here.st_mode) && // what cannot be looked at is not here
         (::stat(found.c_str(), &there) != 0 || here.st_dev != there.st_dev || here.st_ino != there.st_ino);
}

} // namespace

std::optional<Compiler> find_launched(const std::string& word) {
  if (word.empty() || word.front() == '-' || word.front() == '@' || has_input_ending(word)) {
    return std::nullopt;
  }
  Program program = search_program(word);
  const bool there = is_program(program.path);
  if (there ? is_wrapper(program.path) : program.behind_us) {
    return Compiler{};
  }
  if (!there || is_input_here(word, program.path) ||
      !is_executable_image(program.path)) {
    return std::nullopt;
  }
  return Compiler{std::move(program.path), std::move(program.name), {}};
}

} // namespace autopass

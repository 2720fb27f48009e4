// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The endings by which clang's driver knows what a file holds. One table for the wrapper, which
// decides what to record, and for replays, which read the records.
#pragma once

#include <string>
#include <string_view>

namespace autopass {

// Between blanks. CUDA, HIP and OpenCL are missing on purpose: their compiles are passed through.
inline constexpr std::string_view source_endings =
    " c i C cc cp cxx cpp c++ C++ CPP CXX CC ii m mi mm M mii ";
inline constexpr std::string_view assembly_endings = " s S asm sx ";
inline constexpr std::string_view ir_endings = " ll bc ";

// What follows the last dot of the file's name; empty: no dot.
constexpr std::string_view ending_of(std::string_view path) {
  const auto slash = path.rfind('/');
  const auto name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

// `word` as a whole is in `words`, a list between blanks.
inline bool is_one_of(std::string_view word, std::string_view words) {
  return words.find(" " + std::string(word) + " ") != std::string_view::npos;
}

} // namespace autopass

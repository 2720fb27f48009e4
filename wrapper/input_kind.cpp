// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "input_kind.h"

#include "cache/source_endings.h"
#include "util/paths.h"
#include "util/text.h"

#include <span>

namespace autopass {
namespace {

struct KindNames {
  std::string_view names; // between blanks
  InputKind kind;
};

constexpr KindNames languages[] = {
    {" c c++ objective-c objective-c++ cpp-output c++-cpp-output objective-c-cpp-output "
     "objective-c++-cpp-output objc-cpp-output objc++-cpp-output ",
     InputKind::Source},
    {" assembler assembler-with-cpp ", InputKind::Assembler},
    {" ir ", InputKind::Ir},
    {" c-header c++-header objective-c-header objective-c++-header c-header-cpp-output "
     "c++-header-cpp-output c++-module c++-module-cpp-output c-user-header c-system-header "
     "c++-user-header c++-system-header c++-header-unit-header ",
     InputKind::Header},
    {" cuda cuda-cpp-output hip hip-cpp-output cl clcpp ", InputKind::Offload},
};

constexpr KindNames endings[] = {
    {source_endings, InputKind::Source},
    {assembly_endings, InputKind::Assembler},
    {ir_endings, InputKind::Ir},
    {" h H hh hpp hxx pch cppm ccm cxxm c++m ixx iim pcm ", InputKind::Header},
    {" cu cui hip hipi cl clcpp clii cubin fatbin ", InputKind::Offload},
    {" f F f90 F90 f95 F95 for FOR fpp FPP ftn i90 hlsl swift ifs gs ast cir mlir ads adb ",
     InputKind::Other},
};

InputKind kind_in(std::span<const KindNames> table, std::string_view name, InputKind otherwise) {
  for (const auto& entry : table) {
    if (is_one_of(name, entry.names)) {
      return entry.kind;
    }
  }
  return otherwise;
}

} // namespace

InputKind kind_of_language(std::string_view language) {
  return kind_in(languages, language, InputKind::Other);
}

InputKind kind_of_file(std::string_view path) {
  const std::string name = base_name(path);
  const auto dot = name.rfind('.');
  return dot == std::string::npos ? InputKind::Linkable
                                  : kind_in(endings, name.substr(dot + 1), InputKind::Linkable);
}

} // namespace autopass

// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What clang takes a file for, by its language or its name.
#pragma once

#include <string_view>

namespace autopass {

enum class InputKind { Source, Assembler, Ir, Header, Offload, Other, Linkable };
// By the language that -x names; Other when we do not know it.
InputKind kind_of_language(std::string_view language);
// By the ending of its name, as clang goes by it; Linkable when it has none that is known.
InputKind kind_of_file(std::string_view path);

} // namespace autopass

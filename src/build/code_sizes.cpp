// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "code_sizes.h"

#include "elf.h"
#include "util/file.h"
#include "util/text.h"

#include <map>
#include <nlohmann/json.hpp>

namespace autopass {

Result<void> add_code_sizes(const std::string& evidence, const std::string& object) {
  TRY(const auto symbols, functions(object));
  std::map<std::string, std::uint64_t> sizes;
  for (const Symbol& symbol : symbols) {
    sizes[symbol.name] = symbol.size;
  }
  TRY(const std::string lines, read_file(evidence));
  std::string completed;
  for (const std::string& line : split(lines, '\n')) {
    if (line.empty()) {
      continue;
    }
    auto record = nlohmann::json::parse(line, nullptr, false);
    if (!record.is_object()) { // the reader of the evidence says what is wrong with it
      return {};
    }
    const auto name = record.find("function");
    const auto size = name != record.end() && name->is_string()
                          ? sizes.find(name->get<std::string>())
                          : sizes.end();
    if (size != sizes.end()) {
      record["bytes"] = size->second;
    }
    completed += record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  }
  return write_file(evidence, completed);
}

} // namespace autopass

// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which recorded compile made an object that lies elsewhere: inside an archive, or moved.
#pragma once

#include "builder.h"
#include "util/file.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace autopass {

class Matcher {
public:
  explicit Matcher(std::vector<Job> compiles) : m_compiles(std::move(compiles)) {}
  // The job that wrote an object of this name ("util.o") and content. Compares with the objects on
  // disk where they still are, else replays the few jobs whose name fits.
  Result<std::optional<Job>> match(const std::string& name, const std::string& content);

private:
  Result<std::string> replayed(const Job& job);

  std::vector<Job> m_compiles;
  std::map<std::string, std::string> m_replayed; // output of the job -> object in scratch
  std::unique_ptr<ScratchFolder> m_scratch;      // made when the first replay is needed
};

} // namespace autopass

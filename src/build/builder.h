// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs a recorded compile or link again, with its outputs in scratch. Knows nothing of plans.
#pragma once

#include "target.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace autopass {

// What a compile gets beyond its record.
struct Additions {
  std::vector<std::string> arguments;
  std::vector<std::string> environment; // NAME=value
  std::vector<std::string> last = {};   // arguments behind the compile's own, which they overrule
};

// How a compile went.
struct Compile {
  double seconds = 0; // CPU time
  std::string said;   // on stdout and stderr: its warnings
};

struct LinkRequest {
  std::map<std::string, std::string> substitutes; // input's absolute path -> what to link instead
  std::string padding;                            // an object to put first; may be empty
  std::string output;
  std::vector<std::string> last = {}; // arguments behind the link's own
};

class Builder {
public:
  // Temporary files of the tools go to `scratch`/tmp.
  static Result<Builder> create(const std::string& scratch, double timeout);
  void keep_to(int core) { m_core = core; } // pins all tools from now on
  // Reasons: compile-failed, compile-timeout, side-outputs.
  Result<Compile> compile(const Unit& unit, const std::string& object,
                          const Additions& additions = {}) const;
  // Reasons: link-failed, side-outputs.
  Result<void> link(const Job& job, const LinkRequest& request) const;
  // An object of `bytes` bytes of .text that no linker drops, for the machine that `like` is for.
  Result<void> padding(const Unit& like, std::size_t bytes, const std::string& object) const;

private:
  Builder(std::string scratch, double timeout)
      : m_scratch(std::move(scratch)), m_timeout(timeout) {}
  std::vector<std::string> environment(const Job& job,
                                       const std::vector<std::string>& additions) const;
  Result<Compile> run_tool(const Job& job, std::vector<std::string> argv,
                           const std::vector<std::string>& environment, const char* verb,
                           const std::string& what) const;

  std::string m_scratch;
  int m_core = -1; // -1: not pinned
  double m_timeout;
};

// Calls body(0) .. body(count - 1) on up to `jobs` threads; the Error of the lowest number, if any.
// After an Error no further call is started.
Result<void> in_parallel(int jobs, std::size_t count,
                         const std::function<Result<void>(std::size_t)>& body);

} // namespace autopass

// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//   job recorded ----- front end, passes ----- plugin's record ----- back end ----- object written
//   T                                          P                                    M
//
// Without the plugin only T is known, and M may be half an hour later. With it the back end may take
// ten times what came before it. Wide bounds: they catch what was written on another day, and the
// time of the object as a fold first saw it (Job::object_ns) catches the rest.
#include "object_time.h"

#include <algorithm>
#include <sys/stat.h>

namespace autopass {
namespace {

constexpr std::int64_t second = 1'000'000'000;

// A file's time is that of the last tick of the kernel, on some file systems of the last even second.
std::int64_t coarseness(std::int64_t written_ns) {
  return written_ns % second != 0 ? second / 50 : 2 * second;
}

} // namespace

std::optional<std::int64_t> modification_time(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return std::nullopt;
  }
  return status.st_mtim.tv_sec * second + status.st_mtim.tv_nsec;
}

bool is_older(std::int64_t written_ns, const Job& job) {
  return written_ns < job.time_ns - coarseness(written_ns);
}

bool could_have_written(const Job& job, const std::optional<PluginRecord>& plugin,
                        std::int64_t written_ns) {
  std::int64_t from = job.time_ns, until = job.time_ns + 1800 * second;
  if (plugin && plugin->slice == job.slice && plugin->time_ns > job.time_ns) {
    from = plugin->time_ns;
    until = from + std::max(10 * second, 10 * (from - job.time_ns));
  }
  return written_ns >= from - coarseness(written_ns) && written_ns <= until;
}

} // namespace autopass

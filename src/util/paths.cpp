// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "paths.h"

#include "descriptor.h"
#include "text.h"

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <fcntl.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace autopass {
namespace {

// The XDG rule: the variable when it is an absolute path, else a folder under $HOME.
std::string xdg_folder(const char* name, const char* under_home) {
  std::string base = variable(name);
  if (base.empty() || base[0] != '/') {
    const std::string home = variable("HOME");
    if (home.empty() || home[0] != '/') {
      return {};
    }
    base = home + under_home;
  }
  return base + "/autopass";
}

std::string in_folder(const std::string& folder, const char* name) {
  return folder.empty() ? std::string() : folder + name;
}

// Where /proc is not mounted: the name that the kernel was told, which is of use where it is absolute.
std::string executed_path() {
  const auto* name = reinterpret_cast<const char*>(::getauxval(AT_EXECFN));
  const std::string path = name == nullptr ? std::string() : real_path(name);
  return path.compare(0, 1, "/") == 0 && path.compare(0, 5, "/dev/") != 0 ? path : std::string();
}

} // namespace

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string search_path() {
  const std::string path = variable("PATH");
  return path.empty() ? "/usr/local/bin:/usr/bin:/bin" : path;
}

std::string self_path() {
  char buffer[PATH_MAX];
  const ssize_t size = ::readlink("/proc/self/exe", buffer, sizeof buffer);
  const std::string path = size > 0 ? std::string(buffer, static_cast<std::size_t>(size)) : executed_path();
  return base_name(path) == preloadable_wrapper ? real_path(parent(path) + "/masquerade/clang") : path;
}

std::string library_folder() {
  const std::string chosen = variable("AUTOPASS_LIBDIR");
  return chosen.empty() ? own_library_folder() : chosen;
}

std::string own_library_folder() {
  // Installed: PREFIX/bin/autopass beside PREFIX/lib/autopass. In the build folder the programs lie
  // one or two levels below it, and the libraries are collected in BUILD/lib/autopass.
  const std::string self = self_path();
  if (self.empty()) {
    return {}; // never what lies in the working folder
  }
  std::string folder = parent(self);
  for (int level = 0; level < 3; ++level, folder = parent(folder)) {
    const std::string candidate = folder + "/lib/autopass";
    if (::access(candidate.c_str(), X_OK) == 0) {
      return candidate;
    }
  }
  return {};
}

std::string plugin_path(int llvm_major) {
  const std::string folder = library_folder();
  const std::string path = folder + "/autopass-pass-" + std::to_string(llvm_major) + ".so";
  return !folder.empty() && ::access(path.c_str(), R_OK) == 0 ? path : std::string();
}

std::string data_folder() { return xdg_folder("XDG_DATA_HOME", "/.local/share"); }
std::string state_folder() { return xdg_folder("XDG_STATE_HOME", "/.local/state"); }
std::string config_folder() { return xdg_folder("XDG_CONFIG_HOME", "/.config"); }

std::string plan_file_path() {
  const std::string path = variable("AUTOPASS_PLANS");
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) { // a wrong name, or one that is right in another folder:
    return path.ends_with(".json") ? path : std::string(); // whoever reads it says so
  }
  if (!S_ISREG(status.st_mode)) {
    return {}; // asked before it is opened: whoever writes into a FIFO would take us for his reader
  }
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  char start[256];
  const ssize_t size = file.get() < 0 ? 0 : ::read(file.get(), start, sizeof start);
  const char* const end = start + std::max<ssize_t>(size, 0);
  const char* first = std::find_if_not(static_cast<const char*>(start), end, [](char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  });
  return first != end && *first == '{' ? path : std::string();
}

std::string snapshot_path() {
  const std::string chosen = plan_file_path().empty() ? variable("AUTOPASS_PLANS") : "";
  return chosen.empty() ? in_folder(data_folder(), "/plans.snapshot") : chosen;
}
std::string plans_path() { return in_folder(data_folder(), "/plans.db"); }
std::string builds_path() { return in_folder(state_folder(), "/builds.db"); }
std::string spool_path() { return in_folder(state_folder(), "/spool"); }

std::string parent(std::string_view path) {
  const auto slash = path.rfind('/');
  if (slash == std::string_view::npos) {
    return ".";
  }
  return std::string(path.substr(0, slash == 0 ? 1 : slash));
}

std::string real_path(const std::string& path) {
  char* resolved = ::realpath(path.c_str(), nullptr);
  const std::string real = resolved != nullptr ? resolved : "";
  std::free(resolved);
  return real;
}

std::string base_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

std::string current_folder() {
  char* folder = ::getcwd(nullptr, 0);
  const std::string name = folder != nullptr && folder[0] == '/' ? folder : ""; // "(unreachable)/..."
  std::free(folder);
  return name;
}

std::string absolute(std::string_view path, std::string_view folder) {
  const bool given = path.substr(0, 1) == "/";
  const std::string joined = given ? std::string(path) : std::string(folder) + "/" + std::string(path);
  const bool rooted = given || folder.substr(0, 1) == "/";
  std::vector<std::string> parts;
  for (const auto& part : split(joined, '/')) {
    if (part == ".." && !parts.empty() && parts.back() != "..") {
      parts.pop_back();
    } else if (part == ".." ? !rooted : !part.empty() && part != ".") {
      parts.push_back(part);
    }
  }
  std::string normal = rooted ? "/" : "";
  for (const auto& part : parts) {
    normal += part + "/";
  }
  if (normal.size() > 1) {
    normal.pop_back();
  }
  return normal;
}

} // namespace autopass

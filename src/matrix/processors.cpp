// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The build's own binary is run by an emulator of the same family, too: it claims to have other instructions than
// this processor, so a program that chooses its code when it starts chooses other code.
#include "processors.h"

#include "util/file.h"

namespace autopass {
namespace {

struct Machine {
  const char* name;   // as qemu calls it
  const char* triple; // as Debian does: its libraries are below /usr/TRIPLE
};
// Whose ELF files are of 64 bits and little-endian, which is what we read, and lld links.
constexpr Machine machines[] = {
    {"aarch64", "aarch64-linux-gnu"}, {"riscv64", "riscv64-linux-gnu"}, {"ppc64le", "powerpc64le-linux-gnu"}};

#if defined(__x86_64__)
constexpr const char* own_machine = "x86_64";
#elif defined(__aarch64__)
constexpr const char* own_machine = "aarch64";
#else
constexpr const char* own_machine = "";
#endif

void add(std::vector<Emulated>& found, Emulated one, const std::string& prefix) {
  if (auto parsed = Prefix::parse(prefix, "/")) {
    one.prefix = std::move(*parsed);
    found.push_back(std::move(one));
  }
}

} // namespace

std::vector<std::string> processor_levels() {
  std::vector<std::string> names;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v2")) {
    names.emplace_back("x86-64-v2");
  }
  if (__builtin_cpu_supports("x86-64-v3")) {
    names.emplace_back("x86-64-v3");
  }
  if (__builtin_cpu_supports("x86-64-v4")) {
    names.emplace_back("x86-64-v4");
  }
#endif
  return names;
}

std::vector<Emulated> emulated_processors() {
  std::vector<Emulated> found;
  if (*own_machine != '\0') {
    add(found, {std::string("as built, ") + own_machine + " by qemu", {}, {}, {}}, std::string("qemu-") + own_machine);
  }
  for (const Machine& machine : machines) {
    const std::string root = std::string("/usr/") + machine.triple;
    if (own_machine == std::string(machine.name) || !exists(root + "/lib/libc.so.6")) {
      continue;
    }
    const std::string target = std::string("--target=") + machine.triple;
    add(found, {std::string(machine.name) + " by qemu", {target}, {target, "-fuse-ld=lld"}, {}},
        std::string("qemu-") + machine.name + " -L " + root);
  }
  return found;
}

} // namespace autopass

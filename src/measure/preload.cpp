// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The sampler: a library that LD_PRELOAD puts into the measured program. A timer on the process's
// CPU clock raises SIGPROF; the handler notes the program counter.
//
//   AUTOPASS_SAMPLES         where to write: <this>.<pid>.XXXXXX, one file for each process
//   AUTOPASS_SAMPLED_BINARY  real path of the binary; other programs (a shell) are left alone
//
// The buffer *is* the file, mapped and shared. So nothing has to be written at the end, and the
// samples of a program that dies by a signal, calls _exit or is killed are there all the same.
// Children that fork without exec write into the same buffer, with a timer of their own.
//
// A timer of timer_create and not setitimer: it does not survive an exec, where SIGPROF would kill
// the new program. On the CPU clock and not on a real one: no sleeping call is ever interrupted.
// The kernel checks CPU clocks once a tick: 250 samples a second on stock kernels, not the 1000
// that are asked for.
//
// Nothing here may allocate, print, throw or need libstdc++: it runs in other people's programs.
// Not sampled: static and set-uid programs, and those that use SIGPROF themselves.
#include "samples.h"

#include <atomic>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

namespace {

using autopass::SampleFile;

SampleFile* samples;
std::uintptr_t base, code_begin, code_end; // of the main program

std::uintptr_t program_counter(const void* context) {
  const auto& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
  return static_cast<std::uintptr_t>(machine.gregs[REG_RIP]);
#elif defined(__aarch64__)
  return static_cast<std::uintptr_t>(machine.pc);
#else
#error "the sampler does not know where this machine keeps its program counter"
#endif
}

void note(int, siginfo_t*, void* context) {
  const std::uintptr_t at = program_counter(context);
  const std::uint64_t index = std::atomic_ref(samples->taken).fetch_add(1);
  if (index < SampleFile::capacity) {
    const bool ours = at >= code_begin && at < code_end;
    samples->addresses[index] = ours ? at - base : SampleFile::elsewhere;
  }
}

// The first object that the loader lists is the main program.
int find_code(dl_phdr_info* info, std::size_t, void*) {
  base = info->dlpi_addr;
  code_begin = UINTPTR_MAX;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& segment = info->dlpi_phdr[i];
    if (segment.p_type == PT_LOAD && (segment.p_flags & PF_X) != 0) {
      const std::uintptr_t begin = base + segment.p_vaddr;
      code_begin = begin < code_begin ? begin : code_begin;
      code_end = begin + segment.p_memsz > code_end ? begin + segment.p_memsz : code_end;
    }
  }
  return 1; // enough
}

bool is_sampled_binary() {
  const char* wanted = std::getenv("AUTOPASS_SAMPLED_BINARY");
  char self[PATH_MAX];
  const ssize_t size = ::readlink("/proc/self/exe", self, sizeof self - 1);
  if (wanted == nullptr || size <= 0) {
    return false;
  }
  self[size] = '\0';
  return std::strcmp(self, wanted) == 0;
}

// Filled with zeros by writing and not by truncating: a full disk must not become a SIGBUS.
SampleFile* map_file() {
  const char* prefix = std::getenv("AUTOPASS_SAMPLES");
  char path[PATH_MAX];
  if (prefix == nullptr || std::snprintf(path, sizeof path, "%s.%d.XXXXXX", prefix,
                                         static_cast<int>(::getpid())) >= PATH_MAX) {
    return nullptr;
  }
  const int file = ::mkostemp(path, O_CLOEXEC);
  if (file < 0) {
    return nullptr;
  }
  static const char zeros[4096] = {};
  std::size_t written = 0;
  for (ssize_t got = 1; written < sizeof(SampleFile) && got > 0;) {
    const std::size_t left = sizeof(SampleFile) - written;
    got = ::write(file, zeros, left < sizeof zeros ? left : sizeof zeros);
    written += got > 0 ? static_cast<std::size_t>(got) : 0;
  }
  void* memory = MAP_FAILED;
  if (written == sizeof(SampleFile)) {
    memory = ::mmap(nullptr, sizeof(SampleFile), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  }
  ::close(file);
  return memory == MAP_FAILED ? nullptr : static_cast<SampleFile*>(memory);
}

void start_timer() {
  struct sigevent event {};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGPROF;
  timer_t timer;
  const struct itimerspec every_millisecond {
    {0, 1'000'000}, { 0, 1'000'000 }
  };
  if (::timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer) == 0) {
    ::timer_settime(timer, 0, &every_millisecond, nullptr);
  }
}

[[gnu::constructor]] void start_sampling() {
  if (!is_sampled_binary()) {
    return;
  }
  samples = map_file();
  if (samples == nullptr) {
    return;
  }
  ::dl_iterate_phdr(find_code, nullptr);
  struct sigaction action {};
  action.sa_sigaction = note;
  action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
  ::sigfillset(&action.sa_mask);
  ::sigaction(SIGPROF, &action, nullptr);
  samples->magic = SampleFile::right_magic; // from here on the file counts
  ::pthread_atfork(nullptr, nullptr, start_timer);
  start_timer();
}

} // namespace

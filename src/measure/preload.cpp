// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The sampler: a library that LD_PRELOAD puts into the measured program. A timer on the CPU clock
// of each thread raises SIGPROF there; the handler notes the program counter.
//
//   AUTOPASS_SAMPLES         where to write: <this>.<pid>.XXXXXX, one file for each process
//   AUTOPASS_SAMPLED_BINARY  real path of the binary; other programs (a shell) are left alone
//
// The buffer *is* the file, mapped and shared. So nothing has to be written at the end, and the
// samples of a program that dies by a signal, calls _exit or is killed are there all the same.
// Children that fork without exec write into the same buffer, with a timer of their own.
//
// Why this timer:
// - Of timer_create and not setitimer: it does not survive an exec, where SIGPROF would kill the
//   new program.
// - On the CPU clock: no sleeping call is ever interrupted.
// - Of each thread and not of the process: kernels before 6.4 give a process's signals to its main
//   thread, wherever the time was spent.
//
// The kernel checks CPU clocks once a tick: 250 samples a second on stock kernels, not the 1000
// that are asked for.
//
// Nothing here may print, throw or need libstdc++: it runs in other people's programs.
// Not sampled: static and set-uid programs, threads made by a bare clone(), and programs that use
// SIGPROF themselves.
#include "samples.h"

#include <atomic>
#include <climits>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <pthread.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id // glibc documents it, and does not define it
#define sigev_notify_thread_id _sigev_un._tid
#endif

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

// At the end of a thread: there is a limit on timers.
pthread_key_t timer_of_thread;
void stop_timer(void* timer) {
  ::timer_delete(reinterpret_cast<timer_t>(reinterpret_cast<std::uintptr_t>(timer) - 1));
}

// For the calling thread.
void start_timer() {
  struct sigevent event {};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = SIGPROF;
  event.sigev_notify_thread_id = ::gettid();
  timer_t timer;
  const struct itimerspec every_millisecond {
    {0, 1'000'000}, { 0, 1'000'000 }
  };
  if (::timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &timer) == 0) {
    ::timer_settime(timer, 0, &every_millisecond, nullptr);
    // The first timer's number is 0, and a key that holds 0 is taken for empty.
    const auto number = reinterpret_cast<std::uintptr_t>(timer) + 1;
    ::pthread_setspecific(timer_of_thread, reinterpret_cast<void*>(number));
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
  ::pthread_key_create(&timer_of_thread, stop_timer);
  ::pthread_atfork(nullptr, nullptr, start_timer);
  start_timer();
}

struct Beginning {
  void* (*routine)(void*);
  void* argument;
};

void* begin_thread(void* memory) {
  const Beginning beginning = *static_cast<Beginning*>(memory);
  std::free(memory);
  start_timer();
  return beginning.routine(beginning.argument);
}

} // namespace

// In front of libc's own, so that each thread gets its timer.
extern "C" [[gnu::visibility("default")]] int pthread_create(pthread_t* thread,
                                                             const pthread_attr_t* attributes,
                                                             void* (*routine)(void*),
                                                             void* argument) noexcept {
  static const auto real =
      reinterpret_cast<decltype(&pthread_create)>(::dlsym(RTLD_NEXT, "pthread_create"));
  auto* memory =
      samples != nullptr ? static_cast<Beginning*>(std::malloc(sizeof(Beginning))) : nullptr;
  if (memory == nullptr) {
    return real(thread, attributes, routine, argument);
  }
  *memory = {routine, argument};
  const int failed = real(thread, attributes, begin_thread, memory);
  if (failed != 0) {
    std::free(memory);
  }
  return failed;
}

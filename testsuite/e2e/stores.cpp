// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Lets a shell test make a snapshot and read a spool:
//
//   stores snapshot FILE SCOPE CPU COMPILER MAJOR [FINGERPRINT PLAN]...   prints the slice's digest
//   stores publish FILE SCOPE CPU COMPILER MAJOR FINGERPRINT PLAN...        publishes in a loop: the
//                                                  plans of the function by turns, a "." for each
//   stores publish-once ...                        the same, and each but once
//   stores fold SPOOL DATABASE                     prints "kind reason slice output" of each job
#include "cache/build_record.h"
#include "cache/plan_store.h"
#include "cache/queue.h"

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

using namespace autopass;

Result<void> make_snapshot(char** arguments, char** end) {
  const SliceKey key{arguments[1], arguments[2], std::atoi(arguments[4])};
  TRY(CompilerIdentity compiler, identify_compiler(arguments[3]));
  compiler.llvm_major = key.llvm_major;
  std::vector<StoredPlan> plans;
  for (char** at = arguments + 5; at + 1 < end; at += 2) {
    StoredPlan stored;
    stored.fingerprint = Digest::from_hex(at[0]).value_or(Digest{});
    TRY(stored.plan, parse(at[1]));
    plans.push_back(std::move(stored));
  }
  TRY(const Digest digest, write_snapshot(arguments[0], key, plans, {compiler}));
  std::puts(digest.hex().c_str());
  return {};
}

Result<void> publish(char** arguments, char** end, bool endless) {
  const SliceKey key{arguments[1], arguments[2], std::atoi(arguments[4])};
  TRY(CompilerIdentity compiler, identify_compiler(arguments[3]));
  compiler.llvm_major = key.llvm_major;
  TRY(PlanStore store, PlanStore::open(std::string(arguments[0]) + ".db"));
  TRY_VOID(store.set_cpu(key.cpu));
  TRY_VOID(store.remember_compiler(compiler));
  do {
    for (char** at = arguments + 6; at < end; ++at) {
      StoredPlan stored;
      stored.fingerprint = Digest::from_hex(arguments[5]).value_or(Digest{});
      TRY(stored.plan, parse(*at));
      TRY_VOID(store.replace(key, "target", {stored}));
      TRY_VOID(store.publish(arguments[0]));
      std::putchar('.');
      std::fflush(stdout);
    }
  } while (endless);
  return {};
}

Result<void> fold(const char* spool, const char* path) {
  TRY(BuildRecord record, BuildRecord::open(path));
  TRY_VOID(record.fold(spool));
  TRY(Statement rows, record.database().prepare("SELECT output FROM job ORDER BY time_ns"));
  while (true) {
    TRY(const bool row, rows.step());
    if (!row) {
      break;
    }
    TRY(const auto job, record.producer(rows.text(0)));
    std::printf("%s %s %s %s\n", std::string(job_kind_name(job->kind)).c_str(),
                job->reason.empty() ? "-" : job->reason.c_str(),
                job->slice.empty() ? "-" : job->slice.c_str(), job->output.c_str());
  }
  TRY(const auto entries, Queue(record.database()).list());
  for (const auto& entry : entries) {
    std::printf("queue %s %s %s\n", entry.state.c_str(), entry.folder.c_str(),
                entry.target.c_str());
  }
  return {};
}

} // namespace

int main(int argc, char** argv) {
  const std::string_view verb = argc > 1 ? argv[1] : "";
  Result<void> done = fail("usage: stores snapshot|publish|publish-once|fold ...");
  if (verb == "snapshot" && argc >= 7) {
    done = make_snapshot(argv + 2, argv + argc);
  } else if ((verb == "publish" || verb == "publish-once") && argc >= 9) {
    done = publish(argv + 2, argv + argc, verb == "publish");
  } else if (verb == "fold" && argc == 4) {
    done = fold(argv[2], argv[3]);
  }
  if (!done) {
    std::fprintf(stderr, "stores: %s\n", done.error().what.c_str());
    return 1;
  }
  return 0;
}

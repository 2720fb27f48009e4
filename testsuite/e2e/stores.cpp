// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Lets a shell test make a snapshot and read a spool:
//
//   stores snapshot FILE SCOPE CPU COMPILER MAJOR [FINGERPRINT PLAN]...   prints the slice's digest
//   stores publish SCOPE CPU COMPILER MAJOR [FINGERPRINT PLAN]...         the same, in the user's store
//   stores crowd FILE COMPILER MAJOR COUNT < FINGERPRINTS     that many plans of functions that nobody
//                                                  has, and plans that say nothing for these
//   stores publish-loop FILE SCOPE CPU COMPILER MAJOR FINGERPRINT PLAN...   publishes in a loop: the
//                                                  plans of the function by turns, a "." for each
//   stores publish-once ...                        the same, and each but once
//   stores map FILE                                a snapshot that was edited, as if it had been published so
//   stores fold SPOOL DATABASE                     prints "kind reason slice output" of each job
#include "cache/build_record.h"
#include "cache/plan_store.h"
#include "cache/queue.h"
#include "cache/snapshot_map.h"
#include "util/paths.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string_view>

namespace {

using namespace autopass;

// Plans of one slice, and the compiler that they are for, as if it and the lld beside it had been seen to load the
// plugin.
struct Content {
  SliceKey key;
  Probe probe;
  std::vector<StoredPlan> plans;
};

Result<Content> read_content(char** arguments, char** end) {
  Content content;
  content.key = {arguments[0], arguments[1], std::atoi(arguments[3])};
  TRY(content.probe, pair_up(arguments[2], content.key.llvm_major));
  if (auto linker = identify_file(parent(content.probe.compiler.path) + "/lld")) {
    content.probe.libraries.push_back(std::move(*linker));
  }
  for (char** at = arguments + 4; at + 1 < end; at += 2) {
    StoredPlan stored;
    stored.fingerprint = Digest::from_hex(at[0]).value_or(Digest{});
    TRY(stored.plan, parse(at[1]));
    content.plans.push_back(std::move(stored));
  }
  return content;
}

Result<void> make_snapshot(const char* path, char** arguments, char** end) {
  TRY(const Content content, read_content(arguments, end));
  TRY(const Digest digest, write_snapshot(path, content.key, content.plans, {content.probe}));
  std::puts(digest.hex().c_str());
  return {};
}

Result<void> publish(char** arguments, char** end) {
  TRY(const Content content, read_content(arguments, end));
  TRY(PlanStore store, PlanStore::open(plans_path()));
  TRY_VOID(store.set_cpu(content.key.cpu));
  TRY_VOID(store.replace(content.key, "/a/program", content.plans));
  TRY_VOID(store.remember(content.probe));
  TRY_VOID(store.publish(snapshot_path()));
  std::puts(slice_digest(content.key, content.plans).hex().c_str());
  return {};
}

Result<void> make_crowd(char** arguments) {
  const SliceKey key{"", "generic", std::atoi(arguments[2])};
  TRY(const Probe probe, pair_up(arguments[1], key.llvm_major));
  std::vector<StoredPlan> plans;
  for (std::string line; std::getline(std::cin, line);) {
    plans.emplace_back().fingerprint = Digest::from_hex(line).value_or(Digest{});
  }
  // As long as plans are in life.
  TRY(const Plan typical, parse(R"({"v":2,"params":{"unroll-count":4},)"
                                R"("attrs":{"prefer-vector-width":"256"}})"));
  for (int left = std::atoi(arguments[3]); left > 0; --left) {
    StoredPlan& stored = plans.emplace_back();
    stored.fingerprint = hash_text(std::to_string(left));
    stored.context = hash_text("context " + std::to_string(left));
    stored.plan = typical;
  }
  TRY(const Digest digest, write_snapshot(arguments[0], key, plans, {probe}));
  std::puts(digest.hex().c_str());
  return {};
}

Result<void> publish_in_turn(char** arguments, char** end, bool endless) {
  const SliceKey key{arguments[1], arguments[2], std::atoi(arguments[4])};
  TRY(PlanStore store, PlanStore::open(std::string(arguments[0]) + ".db"));
  TRY_VOID(store.set_cpu(key.cpu));
  TRY(const Probe probe, pair_up(arguments[3], key.llvm_major));
  TRY_VOID(store.remember(probe));
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

Result<void> map_anew(const char* path) {
  {
    TRY(Database database, Database::open_copy(path));
    TRY(Statement size, database.prepare("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"));
    TRY_VOID(size.step());
    std::filesystem::resize_file(path, static_cast<std::uintmax_t>(size.number(0)));
  }
  return append_map(path);
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
  Result<void> done = fail("usage: stores snapshot|publish|publish-loop|publish-once|crowd|map|fold ...");
  if (verb == "snapshot" && argc >= 7) {
    done = make_snapshot(argv[2], argv + 3, argv + argc);
  } else if (verb == "publish" && argc >= 6) {
    done = publish(argv + 2, argv + argc);
  } else if (verb == "crowd" && argc == 6) {
    done = make_crowd(argv + 2);
  } else if ((verb == "publish-loop" || verb == "publish-once") && argc >= 9) {
    done = publish_in_turn(argv + 2, argv + argc, verb == "publish-loop");
  } else if (verb == "map" && argc == 3) {
    done = map_anew(argv[2]);
  } else if (verb == "fold" && argc == 4) {
    done = fold(argv[2], argv[3]);
  }
  if (!done) {
    std::fprintf(stderr, "stores: %s\n", done.error().what.c_str());
    return 1;
  }
  return 0;
}

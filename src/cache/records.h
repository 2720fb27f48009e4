// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is written into the spool, one record each, and how it is read back.
#pragma once

#include "spool.h"
#include "util/hash.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace autopass {

enum class JobKind { Compile, Link, CompileAndLink, PassThrough };
std::string_view job_kind_name(JobKind kind); // "compile", "link", "compile-and-link", "pass-through"

struct Job {
  std::int64_t id = 0; // in builds.db; 0 before
  JobKind kind = JobKind::PassThrough;
  std::string reason;                   // why no plugin was added ("no-plans"); empty: it was, or
                                        // there was nothing to compile
  std::string compiler;                 // the real clang that was exec'd, absolute
  // The user's arguments, argv[0] as we exec'd it; no additions; response files expanded, because
  // build tools delete them.
  std::vector<std::string> argv;
  std::string folder;                   // working folder, absolute
  std::vector<std::string> environment; // only what changes a compile: see recorded_variables()
  std::vector<std::string> inputs;      // absolute; sources of a compile, objects and archives of a link
  std::string output;                   // absolute; a.out and x.o defaults resolved
  std::string scope;
  std::string cpu;
  std::string slice;                    // digest on the command line; empty: plugin not loaded
  std::int64_t time_ns = 0;             // CLOCK_REALTIME when it was started
  std::int64_t object_ns = 0; // in builds.db: when its output was written, as first seen; 0: not yet
};

// Set by the wrapper for the plugin: the absolute path of the object.
inline constexpr const char* output_variable = "AUTOPASS_OUTPUT";

// Set by the wrapper for the plugin in a linker: the slice's digest.
inline constexpr const char* link_variable = "AUTOPASS_LINK_SET";

// A function for which the slice holds a plan; digests in hex.
struct FoundPlan {
  std::string fingerprint;
  std::string context;
  std::string plan; // that was applied; empty: the plan is for another context, or not valid
};

// Which functions an object holds, as four bytes of each fingerprint: enough to ask whether a new
// plan is for one of them (of a thousand plans one in two thousand times wrongly for a file of 2000
// functions, which is then compiled once more). Beyond `most_prints` bytes it is not written down.
inline constexpr std::size_t most_prints = 16 << 10;
std::string prints_of(const std::set<Digest>& fingerprints);
bool holds_print(std::string_view prints, const Digest& fingerprint);

// What the plugin did in one compile.
struct PluginRecord {
  std::string output;                       // absolute
  std::string slice;
  std::int64_t functions = 0;               // with a body
  std::map<std::string, std::int64_t> counts; // "applied", "no-plan", "context-changed", "invalid-plan"
  std::string prints;                       // of all functions that could have a plan; empty though
                                            // there are functions: not known
  std::vector<FoundPlan> plans;          // of those for which there is one
  std::int64_t time_ns = 0;              // CLOCK_REALTIME when all passes but the back end's had run
};

// A user's build asks for `target` to be tuned in the background.
struct QueueRequest {
  std::string target; // absolute
  std::string folder; // of its .autopass.toml
};

// Counters that go up by one: what is said of a command that leaves no job.
struct CountRecord {
  std::vector<std::string> names;
};

// CPATH, C_INCLUDE_PATH, LIBRARY_PATH, SOURCE_DATE_EPOCH, LANG, PATH, PWD ...: copied into a record. PWD
// because clang writes it into debug information as the working folder, links unresolved.
const std::vector<std::string>& recorded_variables();

// One record, one write. A missing, full (64 MiB) or read-only spool drops the record: no error.
void append(const std::string& spool, const Job& job);
void append(const std::string& spool, const PluginRecord& record);
void append(const std::string& spool, const QueueRequest& request);
void append(const std::string& spool, const CountRecord& record);

std::string payload_of(const PluginRecord& record); // for append_frame()

// From a payload of their type. Fields that are not there are empty: ask the reader whether it is ok.
Job read_job(RecordReader& reader);
PluginRecord read_plugin_record(RecordReader& reader);
QueueRequest read_queue_request(RecordReader& reader);
CountRecord read_count_record(RecordReader& reader);

JobKind job_kind_of(std::string_view name); // an unknown one is a pass-through

} // namespace autopass

// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "records.h"

#include <array>
#include <cstring>

namespace autopass {
namespace {

// In the order of JobKind; the names are in databases, so they stay.
constexpr std::array<std::string_view, 4> kind_names = {"compile", "link", "compile-and-link",
                                                        "pass-through"};

constexpr std::size_t print_size = 4;

} // namespace

JobKind job_kind_of(std::string_view name) {
  for (std::size_t kind = 0; kind < kind_names.size(); ++kind) {
    if (kind_names[kind] == name) {
      return static_cast<JobKind>(kind);
    }
  }
  return JobKind::PassThrough;
}

std::string_view job_kind_name(JobKind kind) {
  return kind_names[static_cast<std::size_t>(kind)];
}

const std::vector<std::string>& recorded_variables() {
  static const std::vector<std::string> names = {
      "PATH",
      "PWD",
      "COMPILER_PATH",
      "GCC_EXEC_PREFIX", // where things are
      "CPATH",
      "C_INCLUDE_PATH",
      "CPLUS_INCLUDE_PATH",
      "OBJC_INCLUDE_PATH", // headers
      "OBJCPLUS_INCLUDE_PATH",
      "DEPENDENCIES_OUTPUT",
      "SUNPRO_DEPENDENCIES", //
      "LIBRARY_PATH",
      "LD_LIBRARY_PATH",
      "LD_RUN_PATH",
      "LDEMULATION", // links
      "SOURCE_DATE_EPOCH",
      "TZ",
      "LANG",
      "LANGUAGE",
      "LC_ALL",
      "LC_CTYPE", // what is printed
      "LC_MESSAGES",
      "CLANG_NO_DEFAULT_CONFIG",
      "HOME", // clang's own files
  };
  return names;
}

std::string prints_of(const std::set<Digest>& fingerprints) {
  if (fingerprints.size() * print_size > most_prints) {
    return {};
  }
  std::string prints;
  for (const Digest& fingerprint : fingerprints) {
    prints.append(reinterpret_cast<const char*>(&fingerprint.high), print_size);
  }
  return prints;
}

bool holds_print(std::string_view prints, const Digest& fingerprint) {
  for (; prints.size() >= print_size; prints.remove_prefix(print_size)) {
    if (std::memcmp(prints.data(), &fingerprint.high, print_size) == 0) {
      return true;
    }
  }
  return false;
}

void append(const std::string& spool, const Job& job) {
  RecordWriter writer(RecordType::Job);
  writer.text(job_kind_name(job.kind)).text(job.reason).text(job.compiler).list(job.argv);
  writer.text(job.folder).list(job.environment).list(job.inputs).text(job.output);
  writer.text(job.scope).text(job.cpu).text(job.slice).number(job.time_ns);
  append_frame(spool, writer.payload());
}

std::string payload_of(const PluginRecord& record) {
  RecordWriter writer(RecordType::Plugin);
  writer.text(record.output).text(record.slice).number(record.functions);
  std::vector<std::string> names;
  for (const auto& [name, value] : record.counts) {
    names.push_back(name);
  }
  writer.list(names);
  for (const auto& [name, value] : record.counts) {
    writer.number(value);
  }
  std::vector<std::string> plans;
  for (const auto& plan : record.plans) {
    plans.insert(plans.end(), {plan.fingerprint, plan.context, plan.plan});
  }
  return writer.text(record.prints).list(plans).number(record.time_ns).payload();
}

void append(const std::string& spool, const PluginRecord& record) {
  append_frame(spool, payload_of(record));
}

void append(const std::string& spool, const QueueRequest& request) {
  append_frame(
      spool,
      RecordWriter(RecordType::QueueRequest).text(request.target).text(request.folder).payload());
}

void append(const std::string& spool, const CountRecord& record) {
  append_frame(spool, RecordWriter(RecordType::Count).list(record.names).payload());
}

Job read_job(RecordReader& reader) {
  Job job;
  job.kind = job_kind_of(reader.text());
  job.reason = reader.text();
  job.compiler = reader.text();
  job.argv = reader.list();
  job.folder = reader.text();
  job.environment = reader.list();
  job.inputs = reader.list();
  job.output = reader.text();
  job.scope = reader.text();
  job.cpu = reader.text();
  job.slice = reader.text();
  job.time_ns = reader.number();
  return job;
}

PluginRecord read_plugin_record(RecordReader& reader) {
  PluginRecord record;
  record.output = reader.text();
  record.slice = reader.text();
  record.functions = reader.number();
  for (const auto& name : reader.list()) {
    record.counts[name] = reader.number();
  }
  record.prints = reader.text();
  const auto plans = reader.list();
  for (std::size_t i = 0; i + 2 < plans.size(); i += 3) {
    record.plans.push_back({plans[i], plans[i + 1], plans[i + 2]});
  }
  record.time_ns = reader.number();
  return record;
}

QueueRequest read_queue_request(RecordReader& reader) {
  QueueRequest request;
  request.target = reader.text();
  request.folder = reader.text();
  return request;
}

CountRecord read_count_record(RecordReader& reader) {
  CountRecord record;
  record.names = reader.list();
  return record;
}

} // namespace autopass

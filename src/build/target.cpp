// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "target.h"

#include "archive.h"
#include "commands.h"
#include "elf.h"
#include "elf_file.h"
#include "match.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <cstdlib>
#include <sys/stat.h>
#include <unistd.h>

namespace autopass {
namespace {

std::int64_t modified_ns(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    return 0;
  }
  return status.st_mtim.tv_sec * 1'000'000'000ll + status.st_mtim.tv_nsec;
}

std::string find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    return name;
  }
  const char* search = std::getenv("PATH");
  for (const auto& folder : split(search != nullptr ? search : "/usr/bin:/bin", ':')) {
    if (const auto path = folder + "/" + name; ::access(path.c_str(), X_OK) == 0) {
      return path;
    }
  }
  return name;
}

bool links(const Job& job) {
  return job.kind == JobKind::Link || job.kind == JobKind::CompileAndLink;
}

Result<void> check_file(const std::string& path) {
  if (!exists(path)) {
    return fail(path + " does not exist", "build it first, with CC=autopass-clang",
                "target-not-built");
  }
  const auto elf = ElfFile::read(path);
  if (!elf || elf->relocatable()) {
    return fail(path + " is no program or shared library" +
                    (elf ? std::string() : ": " + elf.error().what),
                "name the linked file itself (libtool keeps it in .libs/)", "target-not-built");
  }
  return {};
}

// The link that the project file names for this target, as a job.
Result<std::optional<Job>> configured_link(const Project& project, const std::string& path) {
  for (const auto& target : project.targets) {
    if (target.link.empty() || absolute(target.path, project.folder) != path) {
      continue;
    }
    TRY(auto argv, shell_split(target.link));
    if (argv.empty()) {
      continue;
    }
    Job job;
    job.kind = JobKind::Link;
    job.compiler = find_program(argv.front());
    job.argv = std::move(argv);
    job.folder = absolute(target.folder.empty() ? "." : target.folder, project.folder);
    job.output = path;
    return std::optional(std::move(job));
  }
  return std::optional<Job>();
}

// Programs that were copied or moved after their link (`-o prog_g`, then `cp prog_g prog; strip`).
Result<std::optional<Job>> link_of_equal_content(BuildRecord& record, const std::string& path) {
  TRY(const auto digest, loadable_digest(path));
  TRY(const auto jobs, record.links());
  for (const auto& job : jobs) {
    if (const auto other = loadable_digest(job.output); other && *other == digest) {
      return std::optional(job);
    }
  }
  return std::optional<Job>();
}

// What to write into .autopass.toml: the objects of this folder's recorded compiles are a good
// guess at what was linked.
std::string link_advice(BuildRecord& record, const Project& project, const std::string& path) {
  const std::string folder = project.folder.empty() ? parent(path) : project.folder;
  if (!path.starts_with(folder + "/")) {
    return "build it with autopass-clang: make clean && make CC=autopass-clang";
  }
  const auto relative = [&](const std::string& file) {
    return file.starts_with(folder + "/") ? file.substr(folder.size() + 1) : file;
  };
  constexpr std::size_t most = 40;
  std::vector<std::string> words = {"clang-22", "-o", relative(path)};
  if (const auto jobs = record.compiles()) {
    for (const auto& job : *jobs) {
      if (job.output.starts_with(folder + "/") && exists(job.output) && words.size() < most) {
        words.push_back(relative(job.output));
        words.front() = job.argv.empty() ? words.front() : base_name(job.argv.front());
      }
    }
  }
  if (words.size() == 3) {
    words.push_back("OBJECTS");
  }
  return "link it with autopass-clang, or name its link command in " + folder +
         "/.autopass.toml:\n[[target]]\npath = \"" + relative(path) + "\"\nlink = \"" +
         shell_join(words) + "\"";
}

Result<Job> find_link(BuildRecord& record, const Project& project, const std::string& path) {
  TRY(auto configured, configured_link(project, path));
  if (configured) {
    return std::move(*configured);
  }
  std::string passed;
  for (const auto& name : {path, real_path(path)}) {
    TRY(auto job, record.producer(name));
    if (job && links(*job)) {
      return std::move(*job);
    }
    if (job && job->kind == JobKind::PassThrough) {
      passed = " (the last command that wrote it was passed through: " + job->reason + ")";
    }
  }
  TRY(auto equal, link_of_equal_content(record, path));
  if (equal) {
    return std::move(*equal);
  }
  return fail("no recorded link wrote " + path + passed,
              passed.empty() ? link_advice(record, project, path)
                             : "build and link it without what was passed through",
              "link-not-recorded");
}

// Collects the units behind a link's inputs.
class Resolver {
public:
  Resolver(BuildRecord& record, const Project& project, BuiltTarget& target)
      : m_record(record), m_project(project), m_target(target) {}

  Result<void> add(const std::string& path) {
    const auto& inputs = m_target.link.inputs;
    const bool compiled_here = m_target.link.kind == JobKind::CompileAndLink &&
                               std::find(inputs.begin(), inputs.end(), path) != inputs.end();
    if (compiled_here && !is_object(path) && !is_archive(path) && is_source(path)) {
      return add_unit({m_target.link, path, path, {}, 0});
    }
    if (is_archive(path)) {
      return add_archive(path);
    }
    return is_object(path) ? add_object(path)
                           : Result<void>(); // a shared library is another target
  }

private:
  // A source that is gone (generated, then removed) or ignored leaves its object as it is; one that
  // is newer than the compile means that the built program is not what the sources say.
  Result<void> add_unit(Unit unit) {
    const auto modified = modified_ns(unit.source);
    const bool ignored = m_project.ignores(unit.source) || m_project.ignores(real_path(unit.source));
    if ((modified == 0 || ignored) && unit.compile.kind == JobKind::Compile) {
      add_opaque(unit.object);
      return {};
    }
    if (modified == 0 || modified > unit.compile.time_ns) {
      return fail(unit.source + " has changed since it was compiled into " + m_target.path,
                  "build again, then tune", "source-changed");
    }
    m_target.units.push_back(std::move(unit));
    return {};
  }

  Result<void> add_object(const std::string& path) {
    TRY(auto job, m_record.producer(path));
    if (!job || job->kind != JobKind::Compile || job->inputs.size() != 1) {
      TRY(const auto content, read_file(path));
      TRY(job, match(base_name(path), content));
    }
    if (!job) {
      add_opaque(path);
      return {};
    }
    const auto source = job->inputs.front();
    return add_unit({std::move(*job), source, path, {}, 0});
  }

  Result<void> add_archive(const std::string& path) {
    const auto archive = read_archive(path);
    if (!archive) {
      add_opaque(path); // linked as it is; the linker may know the form
      return {};
    }
    std::map<std::string, std::size_t> seen;
    const auto units_before = m_target.units.size();
    for (const auto& member : archive->members) {
      const std::size_t position = seen[member.name]++;
      TRY(auto job, match(member.name, member.content));
      if (job) {
        const auto source = job->inputs.front();
        TRY_VOID(add_unit({std::move(*job), source, path, member.name, position}));
      }
    }
    if (m_target.units.size() == units_before) {
      add_opaque(path);
    }
    return {};
  }

  Result<std::optional<Job>> match(const std::string& name, const std::string& content) {
    if (!m_matcher) {
      TRY(auto jobs, m_record.compiles());
      m_matcher.emplace(std::move(jobs));
    }
    return m_matcher->match(name, content);
  }

  void add_opaque(const std::string& path) {
    if (std::find(m_target.opaque.begin(), m_target.opaque.end(), path) == m_target.opaque.end()) {
      m_target.opaque.push_back(path);
    }
  }

  BuildRecord& m_record;
  const Project& m_project;
  BuiltTarget& m_target;
  std::optional<Matcher> m_matcher;
};

bool is_for_lto(const Job& job) {
  bool lto = false;
  for (const std::string& word : job.argv) {
    lto = word == "-flto" || word.starts_with("-flto=") || (lto && word != "-fno-lto");
  }
  return lto;
}

} // namespace

bool is_optimised_at_link(const BuiltTarget& target) {
  return is_for_lto(target.link) || std::any_of(target.units.begin(), target.units.end(), [](const Unit& unit) {
           return is_for_lto(unit.compile);
         });
}

Result<BuiltTarget> resolve(BuildRecord& record, const Project& project, const std::string& path) {
  TRY_VOID(check_file(path));
  BuiltTarget target;
  target.path = path;
  TRY(target.link, find_link(record, project, path));
  TRY(const auto arguments, take_apart(target.link));
  Resolver resolver(record, project, target);
  for (const auto& input : link_inputs(target.link, arguments)) {
    TRY_VOID(resolver.add(input));
  }
  if (target.units.empty()) {
    return fail("none of the " + std::to_string(target.opaque.size()) + " objects of " + path +
                    " comes from a recorded compile",
                "build it afresh with CC=autopass-clang (make clean first)",
                "objects-not-recorded");
  }
  return target;
}

} // namespace autopass

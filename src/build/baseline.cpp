// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Is the replay what the user built? Asked of the linked file, by what is loaded from it. When it
// is not, three things are tried in order, and only then is it given up with the place that
// differs:
//
//   plans    The user's objects may hold plans of an earlier session. With the plugin and the
//            recorded slices the replay must be equal; the baseline stays the stock one.
//   clock    A unit that uses __DATE__ or __TIME__ differs each time. Two compiles with two fixed
//            SOURCE_DATE_EPOCHs tell. Such a unit is compiled with the recorded time from here on,
//            which makes it repeatable, and most often equal to the user's. If data alone differ
//            then, the replay counts, with a note.
//   which    Object by object against the user's own: the first that differs is named.
#include "baseline.h"

#include "cache/plugin_arguments.h"
#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace autopass {
namespace {

class BaselineBuild {
public:
  BaselineBuild(const BuiltTarget& target, const Builder& builder, Relinker& relinker,
                const std::string& scratch, const ReplayOptions& options)
      : m_target(target), m_builder(builder), m_relinker(relinker), m_scratch(scratch),
        m_options(options) {}

  Result<Baseline> run() {
    const auto start = std::chrono::steady_clock::now();
    TRY(const auto wanted, loadable_digest(m_target.path));
    m_baseline.units.resize(m_target.units.size());
    TRY_VOID(compile_all());
    TRY_VOID(link_all());
    m_baseline.binary.build_seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    m_baseline.binary.compile_ratio = 1;
    if (m_baseline.binary.code != wanted) {
      TRY_VOID(explain(wanted));
    }
    return std::move(m_baseline);
  }

private:
  // Where a unit's object goes; its own name is kept, side outputs (.dwo) follow it.
  std::string object_path(const char* folder, std::size_t unit) const {
    const auto name = base_name(m_target.units[unit].source);
    return m_scratch + "/" + folder + "/" + std::to_string(unit) + "/" +
           name.substr(0, name.rfind('.')) + ".o";
  }

  Result<void> compile_unit(std::size_t number) {
    auto& unit = m_baseline.units[number];
    unit.object = object_path("baseline", number);
    TRY(Compile done,
        m_builder.compile(m_target.units[number], unit.object, {{}, unit.environment}));
    unit.seconds = done.seconds;
    unit.said = std::move(done.said);
    TRY(unit.code, loadable_digest(unit.object));
    return {};
  }

  Result<void> compile_all() {
    return in_parallel(m_options.jobs, m_target.units.size(),
                       [&](std::size_t number) { return compile_unit(number); });
  }

  Result<Binary> link(const std::vector<std::string>& objects, const char* folder) {
    Binary binary;
    binary.path = m_scratch + "/" + folder + "/" + base_name(m_target.path);
    TRY_VOID(m_relinker.link(objects, 0, binary.path));
    TRY(binary.code, loadable_digest(binary.path));
    return binary;
  }

  Result<void> link_all() {
    std::vector<std::string> objects;
    for (const auto& unit : m_baseline.units) {
      objects.push_back(unit.object);
    }
    const auto seconds = m_baseline.binary.build_seconds;
    TRY(m_baseline.binary, link(objects, "baseline"));
    m_baseline.binary.build_seconds = seconds;
    m_baseline.binary.compile_ratio = 1;
    return {};
  }

  Result<void> explain(const Digest& wanted) {
    TRY(bool equal, equal_with_recorded_plans(wanted));
    if (equal) {
      return {};
    }
    TRY(const bool clock, fix_clock());
    if (clock) {
      if (m_baseline.binary.code == wanted) {
        return {};
      }
      TRY(equal, equal_with_recorded_plans(wanted));
      TRY(const bool same_code, same_machine_code());
      if (!equal && same_code) {
        m_baseline.notes.push_back("the replay differs from " + m_target.path +
                                   " in the time of the build only");
      }
      if (equal || same_code) {
        return {};
      }
    }
    return name_difference();
  }

  // Finds the units that hold the time of the build and compiles them with the recorded one.
  Result<bool> fix_clock() {
    std::vector<char> found(m_target.units.size(), 0);
    TRY_VOID(in_parallel(m_options.jobs, found.size(), [&](std::size_t number) -> Result<void> {
      TRY(found[number], holds_clock(number));
      return {};
    }));
    if (std::find(found.begin(), found.end(), 1) == found.end()) {
      return false;
    }
    TRY_VOID(in_parallel(m_options.jobs, found.size(), [&](std::size_t number) -> Result<void> {
      return found[number] ? compile_unit(number) : Result<void>();
    }));
    TRY_VOID(link_all());
    return true;
  }

  Result<char> holds_clock(std::size_t number) {
    const auto& unit = m_target.units[number];
    const auto& recorded = unit.compile.environment;
    if (std::any_of(recorded.begin(), recorded.end(), [](const std::string& variable) {
          return variable.starts_with("SOURCE_DATE_EPOCH=");
        })) {
      return 0;
    }
    if (equals_built(number)) {
      return 0;
    }
    std::vector<Digest> codes;
    for (const char* epoch : {"SOURCE_DATE_EPOCH=86400", "SOURCE_DATE_EPOCH=1234567890"}) {
      const auto object = object_path("clock", number);
      TRY_VOID(m_builder.compile(unit, object, {{}, {epoch}}));
      TRY(const auto code, loadable_digest(object));
      codes.push_back(code);
    }
    if (codes[0] == codes[1]) {
      return 0;
    }
    // __TIME__ is local time, SOURCE_DATE_EPOCH is taken for UTC.
    const std::time_t seconds = unit.compile.time_ns / 1'000'000'000;
    struct tm local {};
    ::localtime_r(&seconds, &local);
    m_baseline.units[number].environment = {"SOURCE_DATE_EPOCH=" +
                                            std::to_string(seconds + local.tm_gmtoff)};
    return 1;
  }

  // Whether a unit's replayed object equals the user's own; false when that one is not there.
  bool equals_built(std::size_t number) {
    const auto built = m_relinker.built_object(number);
    if (!built || built->empty()) {
      return false;
    }
    const auto digest = loadable_digest(*built);
    return digest && *digest == m_baseline.units[number].code;
  }

  bool planned(std::size_t unit) const { return !m_target.units[unit].compile.slice.empty(); }

  // Compiles what was compiled with plans with the same plans again, and compares.
  Result<bool> equal_with_recorded_plans(const Digest& wanted) {
    m_recorded.clear();
    for (std::size_t i = 0; i < m_target.units.size(); ++i) {
      m_recorded.push_back(planned(i) ? object_path("recorded", i) : m_baseline.units[i].object);
    }
    TRY_VOID(in_parallel(m_options.jobs, m_recorded.size(), [&](std::size_t i) -> Result<void> {
      if (!planned(i)) {
        return {};
      }
      const auto& unit = m_target.units[i];
      Additions additions{plugin_arguments(m_options, unit.compile.slice),
                          m_baseline.units[i].environment};
      additions.environment.insert(additions.environment.end(),
                                   {"AUTOPASS_PLANS=" + snapshot_path(), "AUTOPASS_SPOOL="});
      TRY_VOID(m_builder.compile(unit, m_recorded[i], additions));
      return {};
    }));
    TRY(const auto binary, link(m_recorded, "recorded"));
    if (binary.code != wanted) {
      return false;
    }
    m_baseline.notes.push_back(m_target.path + " was built with plans; the baseline is stock");
    return true;
  }

  Result<bool> same_machine_code() const {
    TRY(const auto ours, code_digest(m_baseline.binary.path));
    TRY(const auto theirs, code_digest(m_target.path));
    return ours == theirs;
  }

  Result<void> name_difference() {
    for (std::size_t i = 0; i < m_target.units.size(); ++i) {
      const auto& unit = m_target.units[i];
      const auto built = m_relinker.built_object(i);
      if (!built || built->empty()) {
        continue;
      }
      const auto place = first_difference(m_recorded[i], *built);
      if (place && place->empty()) {
        continue;
      }
      return fail("the replayed " + base_name(m_recorded[i]) + " of " + unit.source +
                      " differs from the built one (" + unit.object +
                      (unit.member.empty() ? "" : ", member " + unit.member) + ") in " +
                      (place ? *place : place.error().what),
                  planned(i) ? "it was compiled with plans that may be gone: build again, then tune"
                             : "a header or the compiler may have changed since: build again, then "
                               "tune",
                  "replay-differs");
    }
    TRY(const auto place,
        first_difference(m_scratch + "/recorded/" + base_name(m_target.path), m_target.path));
    return fail("the replayed " + base_name(m_target.path) + " differs from " + m_target.path +
                    " in " + place + ", though no object does",
                "was an object compiled again after the link, or the file changed after it "
                "(objcopy, patchelf)? link again, then tune",
                "replay-differs");
  }

  const BuiltTarget& m_target;
  const Builder& m_builder;
  Relinker& m_relinker;
  const std::string& m_scratch;
  const ReplayOptions& m_options;
  Baseline m_baseline;
  std::vector<std::string> m_recorded; // one object a unit, with the plans that it was built with
};

} // namespace

std::vector<std::string> plugin_arguments(const ReplayOptions& options, const std::string& slice) {
  return plugin_arguments(options.plugin, options.key.llvm_major, slice);
}

Result<Baseline> build_baseline(const BuiltTarget& target, const Builder& builder,
                                Relinker& relinker, const std::string& scratch,
                                const ReplayOptions& options) {
  auto baseline = BaselineBuild(target, builder, relinker, scratch, options).run();
  if (!baseline &&
      (baseline.error().reason == "compile-failed" ||
       baseline.error().reason == "compile-timeout" || baseline.error().reason == "link-failed")) {
    return fail("cannot build " + target.path + " again: " + baseline.error().what,
                "build again with autopass-clang, then tune", "replay-failed");
  }
  return baseline;
}

} // namespace autopass

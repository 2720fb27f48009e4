// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "function_place.h"

#include "build/elf.h"
#include "cache/slice_place.h"
#include "cache/source_endings.h"
#include "util/file.h"
#include "util/paths.h"
#include "wrapper/compiler.h"

#include <algorithm>
#include <cstdlib>
#include <cxxabi.h>
#include <memory>

namespace autopass {
namespace {

constexpr std::size_t most_places = 16;

// "sort(int*)" and "map<int>::at(int) const" are called by what stands before the last parentheses.
std::string without_parameters(const std::string& name) {
  const std::size_t end = name.rfind(')');
  int open = 0;
  for (std::size_t i = end; i != std::string::npos && i > 0; --i) {
    open += name[i] == ')' ? 1 : name[i] == '(' ? -1 : 0;
    if (open == 0) {
      return name.substr(0, i);
    }
  }
  return name;
}

// The first function of the object that is called so; empty: none.
std::string symbol_in(const std::string& object, const std::string& name) {
  const auto symbols = functions(object);
  if (symbols) {
    for (const Symbol& symbol : *symbols) {
      if (is_called(symbol.name, name)) {
        return symbol.name;
      }
    }
  }
  return {};
}

SliceKey key_of(const Job& job, const std::string& source, const std::string& stored_cpu) {
  SliceKey key{job.scope, job.cpu, major_of(job.compiler)};
  if (const auto place = slice_place(source, job.folder)) {
    key.scope = place->scope;
    key.cpu = place->cpu;
  }
  if (key.cpu.empty()) {
    key.cpu = job.cpu.empty() ? stored_cpu : job.cpu;
  }
  return key;
}

} // namespace

std::string readable(const std::string& symbol) {
  int status = 0;
  const std::unique_ptr<char, decltype(&std::free)> name(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), &std::free);
  return status == 0 && name && symbol.starts_with("_Z") ? std::string(name.get()) : symbol;
}

bool is_called(const std::string& symbol, const std::string& name) {
  if (symbol == name) {
    return true;
  }
  const std::string plain = readable(symbol), bare = without_parameters(plain);
  // Templates are written with the type that they return in front.
  return plain != symbol && (plain == name || bare == name || bare.ends_with(" " + name));
}

Result<std::vector<FunctionPlace>> find_function(BuildRecord& record, const std::string& name,
                                                 const std::string& folder) {
  TRY(auto jobs, record.objects("/"));
  std::stable_sort(jobs.begin(), jobs.end(), [&](const Job& one, const Job& other) {
    const bool near = one.output.starts_with(folder + "/");
    const bool other_near = other.output.starts_with(folder + "/");
    return near != other_near ? near : one.time_ns > other.time_ns;
  });
  std::string stored_cpu;
  if (exists(plans_path())) {
    TRY(PlanStore store, PlanStore::open(plans_path()));
    TRY(stored_cpu, store.cpu());
  }
  std::vector<FunctionPlace> places;
  for (const Job& job : jobs) {
    const std::string symbol = exists(job.output) ? symbol_in(job.output, name) : std::string();
    if (symbol.empty()) {
      continue;
    }
    for (const std::string& source : job.inputs) {
      // Of several sources in one command the compiler tells later which one has it.
      if (is_one_of(ending_of(source), source_endings) && exists(source) &&
          places.size() < most_places) {
        places.push_back({{job, source, job.output, {}, 0}, symbol, key_of(job, source, stored_cpu)});
      }
    }
  }
  return places;
}

Result<std::vector<PublishedPlan>> published_plans() {
  std::vector<PublishedPlan> all;
  if (!exists(plans_path())) {
    return all;
  }
  TRY(PlanStore store, PlanStore::open(plans_path()));
  TRY(const auto slices, store.slices());
  for (const auto& key : slices) {
    TRY(const auto plans, store.plans(key));
    for (const auto& plan : plans) {
      all.push_back({key, plan});
    }
  }
  return all;
}

std::vector<PublishedPlan> plans_called(const std::vector<PublishedPlan>& plans,
                                        const std::string& name) {
  std::vector<PublishedPlan> called;
  std::copy_if(plans.begin(), plans.end(), std::back_inserter(called),
               [&](const PublishedPlan& one) { return is_called(one.plan.function, name); });
  return called;
}

} // namespace autopass

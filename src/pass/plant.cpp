// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "plant.h"

#include "options.h"

#include <llvm/IR/Function.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/Support/ErrorHandling.h>

#include <csignal>
#include <cstdlib>
#include <iterator>
#include <new>
#include <unistd.h>

namespace autopass {

using namespace llvm;

namespace {

using Action = void (*)(Function* planned); // null: there is no module any more

// Never comes back, which neither the compiler nor an optimiser of tail calls is to know.
int overflow_stack(const volatile char* above) {
  volatile char page[4096];
  page[0] = above != nullptr ? above[0] : 'x';
  return page[0] == 'x' ? overflow_stack(page) + page[0] : 0;
}

struct Failure {
  StringLiteral name;
  Action action;
};

constexpr Failure failures[] = {
    {"segv", [](Function*) { *reinterpret_cast<volatile int*>(16) = 1; }},
    {"abort", [](Function*) { std::abort(); }},
    {"stack", [](Function*) { overflow_stack(nullptr); }},
    {"fatal", [](Function*) { report_fatal_error("planted"); }},
    {"error", [](Function* planned) { planned->getContext().emitError("planted"); }},
    {"loop",
     [](Function*) {
       for (volatile bool forever = true; forever;) {
       }
     }},
    {"sleep", [](Function*) { ::sleep(10'000); }},
    {"memory", // more at once than the limit leaves: a page that is touched takes time, of which there is a limit, too
     [](Function*) {
       while (true) {
         static_cast<void>(::operator new(std::size_t(1) << 33));
       }
     }},
    {"verifier", [](Function* planned) { planned->back().getTerminator()->eraseFromParent(); }},
    {"attribute",
     [](Function* planned) {
       planned->removeFnAttr(Attribute::StackProtectStrong);
       planned->removeFnAttr("target-cpu");
     }},
    {"symbol", [](Function* planned) { planned->setName("planted"); }},
    {"call",
     [](Function* planned) {
       const FunctionCallee callee =
           planned->getParent()->getOrInsertFunction("planted", Type::getVoidTy(planned->getContext()));
       IRBuilder<>(planned->getEntryBlock().getTerminator()).CreateCall(callee);
     }},
};

constexpr StringLiteral places[] = {"pipeline", "emission", "written", "exit"};

const Failure* planted(Place place) {
  static const std::string option = plant_option();
  const auto [name, where] = StringRef(option).split(':');
  if (where.empty() ? place != Place::Pipeline : where != places[static_cast<int>(place)]) {
    return nullptr;
  }
  for (const Failure& failure : failures) {
    if (name == failure.name) {
      return &failure;
    }
  }
  return nullptr;
}

} // namespace

bool is_planted(Place place) { return planted(place) != nullptr; }

void fail_if_planted(Place place, Module& module, const AppliedPlans& plans) {
  const Failure* failure = planted(place);
  if (failure == nullptr) {
    return;
  }
  for (Function& function : module) {
    if (plans.of(function) != nullptr && !function.isDeclaration()) {
      failure->action(&function);
      return;
    }
  }
}

void fail_at_exit_if_planted() {
  if (is_planted(Place::Exit)) {
    std::atexit([] { planted(Place::Exit)->action(nullptr); });
  }
}

} // namespace autopass

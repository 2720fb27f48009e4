// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Counters of our own, not those of -fprofile-generate. LLVM's stand on another control-flow graph (its
// pre-inliner and SimplifyCFG come first), they are written out by a runtime that has to be linked (a
// package that Debian's clang does without) when the program calls exit(), and they come as a file that
// only LLVM's own library reads. Ours:
//
//   - An edge is counted where it arrives, and no edge is split, so that what is counted is the graph that
//     the fingerprint has seen. A block that several counted edges lead to learns by a phi which it was:
//
//       a: br i1 %x, label %c, label %b        c: %n = phi i64 [3, %a], [0, %b]
//       b: br label %c                            counters[%n] += 1
//
//     Counter 0 is for whoever has none. Two edges between the same blocks (cases of a switch) share one.
//   - A call that could be inlined is counted in front of it, with its callee's fingerprint and size.
//   - The counters of a module are a page-aligned array. Before anything else in the program, a
//     constructor maps FILE.counts over it, shared: two system calls, no library, no symbol of ours that
//     could clash. So the counts are there when the program ends by _exit or a signal, and all its
//     processes and threads, and all runs one after the other, add up in one file. An increment that two
//     threads make at once may be lost; nothing here needs exact numbers.
//
// Invariant: the program does what it did (only its own counters are written), and who cannot open the
// file (another root folder, other rights) counts for himself alone.
// Cost: one load, add and store for each block that a branch leads to (testsuite/bench/profiles). Threads that
// count in one place wait for one another's cache lines.
#include "counters.h"

#include "calls.h"
#include "cfg.h"
#include "util/file.h"

#include <llvm/IR/CFG.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_ostream.h>
#include <llvm/TargetParser/Triple.h>
#include <llvm/Transforms/Utils/ModuleUtils.h>

#include <map>
#include <set>
#include <unistd.h>

namespace autopass {

using namespace llvm;

namespace {

constexpr std::uint64_t page = 4096;

using Edge = std::pair<const BasicBlock*, const BasicBlock*>;

// The numbers that Linux gives its system calls on x86-64, and what is passed to them.
struct Linux {
  static constexpr std::uint64_t open = 2, close = 3, mmap = 9;
  static constexpr std::uint64_t read_write_close_on_exec = 02 | 02000000;
  static constexpr std::uint64_t prot_read_write = 3, map_shared_fixed = 0x11;
};

class Counters {
public:
  Counters(Module& module, const std::vector<Countable>& functions)
      : m_module(module), m_number(Type::getInt64Ty(module.getContext())),
        m_in_cycles(functions_in_cycles(module)) {
    for (const Countable& counted : functions) {
      m_fingerprints[counted.function] = counted.fingerprint;
    }
  }

  // Which counters the function gets; nothing is changed yet.
  json::Object plan(const Countable& counted) {
    Function& function = *counted.function;
    m_entries[&function] = m_size++;
    json::Array points;
    for (const Instruction* point : branch_points(function)) {
      points.push_back(numbers(*point));
    }
    return json::Object{{"function", json::fixUTF8(function.getName())},
                        {"fingerprint", counted.fingerprint.hex()},
                        {"context", counted.context.hex()},
                        {"cfg", cfg_hash(function).hex()},
                        {"entry", m_entries[&function]},
                        {"points", std::move(points)},
                        {"calls", calls(function)}};
  }

  void insert(const std::vector<Countable>& functions, const std::string& counts) {
    auto* type = ArrayType::get(m_number, bytes() / 8);
    m_array = new GlobalVariable(m_module, type, false, GlobalValue::InternalLinkage,
                                 ConstantAggregateZero::get(type), "autopass.counters");
    m_array->setAlignment(Align(page));
    for (const Countable& counted : functions) {
      insert_into(*counted.function);
    }
    map_at_start(counts);
  }

  // Of all that are planned.
  std::uint64_t bytes() const { return (m_size * 8 + page - 1) / page * page; }

private:
  json::Array numbers(const Instruction& point) {
    json::Array all;
    if (isa<SelectInst>(point)) {
      m_selects[&point] = m_size;
      all = json::Array{m_size, m_size + 1};
      m_size += 2;
      return all;
    }
    for (const BasicBlock* next : successors(point.getParent())) {
      const auto [place, is_new] = m_edges.try_emplace({point.getParent(), next}, m_size);
      m_size += is_new;
      all.push_back(place->second);
    }
    return all;
  }

  // [which call, its counter, the callee, its instructions], of those that a plan may have inlined.
  json::Array calls(const Function& function) {
    json::Array all;
    std::int64_t number = -1;
    for (const CallBase* call : direct_calls(function)) {
      ++number;
      const auto callee = m_fingerprints.find(call->getCalledFunction());
      if (callee != m_fingerprints.end() && may_inline(*call, m_in_cycles)) {
        m_calls[call] = m_size;
        all.push_back(json::Array{number, m_size++, callee->second.hex(),
                                  callee->first->getInstructionCount()});
      }
    }
    return all;
  }

  // Volatile: in a register a counter would be stored behind its loop, where several threads lose all
  // but one's counts, and a signal everybody's.
  void add_one(IRBuilder<>& builder, llvm::Value* number) {
    llvm::Value* place = builder.CreateInBoundsGEP(m_number, m_array, number);
    llvm::Value* before = builder.CreateAlignedLoad(m_number, place, Align(8), true);
    builder.CreateAlignedStore(builder.CreateAdd(before, builder.getInt64(1)), place, Align(8), true);
  }

  llvm::Value* which_edge(BasicBlock& block) {
    std::set<std::uint64_t> all;
    for (const BasicBlock* from : predecessors(&block)) {
      const auto edge = m_edges.find({from, &block});
      all.insert(edge == m_edges.end() ? 0 : edge->second);
    }
    if (all.empty() || all == std::set<std::uint64_t>{0}) {
      return nullptr;
    }
    if (all.size() == 1) {
      return ConstantInt::get(m_number, *all.begin());
    }
    PHINode* which = PHINode::Create(m_number, unsigned(pred_size(&block)), "", block.begin());
    for (BasicBlock* from : predecessors(&block)) {
      const auto edge = m_edges.find({from, &block});
      which->addIncoming(ConstantInt::get(m_number, edge == m_edges.end() ? 0 : edge->second), from);
    }
    return which;
  }

  // Counting writes memory, whatever attribute((const)) says of the function and of calls to it.
  void break_promises(Function& function) {
    for (const Attribute::AttrKind promise : {Attribute::Memory, Attribute::Speculatable}) {
      function.removeFnAttr(promise);
      for (CallBase* call : direct_calls(function)) {
        if (m_entries.count(call->getCalledFunction()) != 0) {
          call->removeFnAttr(promise);
        }
      }
    }
  }

  void insert_into(Function& function) {
    for (BasicBlock& block : function) {
      for (Instruction& instruction : block) {
        if (const auto call = m_calls.find(&instruction); call != m_calls.end()) {
          IRBuilder<> builder(&instruction);
          add_one(builder, builder.getInt64(call->second));
        }
        const auto select = m_selects.find(&instruction);
        if (select != m_selects.end()) {
          IRBuilder<> builder(&instruction);
          // What is no value may be chosen by, but not be counted by.
          auto* condition = builder.CreateFreeze(cast<SelectInst>(instruction).getCondition());
          add_one(builder, builder.CreateSelect(condition,
                                                builder.getInt64(select->second),
                                                builder.getInt64(select->second + 1)));
        }
      }
      if (llvm::Value* number = which_edge(block)) {
        IRBuilder<> builder(&block, block.getFirstInsertionPt());
        add_one(builder, number);
      }
    }
    break_promises(function);
    BasicBlock& entry = function.getEntryBlock();
    IRBuilder<> builder(&entry, entry.getFirstNonPHIOrDbgOrAlloca());
    add_one(builder, builder.getInt64(m_entries.at(&function)));
  }

  llvm::Value* system_call(IRBuilder<>& builder, std::vector<llvm::Value*> words) {
    words.resize(7, builder.getInt64(0));
    for (llvm::Value*& word : words) {
      word = word->getType()->isPointerTy() ? builder.CreatePtrToInt(word, m_number) : word;
    }
    auto* type = FunctionType::get(m_number, std::vector<Type*>(words.size(), m_number), false);
    auto* code = InlineAsm::get(type, "syscall",
                                "={rax},{rax},{rdi},{rsi},{rdx},{r10},{r8},{r9},~{rcx},~{r11},~{memory},"
                                "~{dirflag},~{fpsr},~{flags}",
                                true);
    return builder.CreateCall(type, code, words);
  }

  void map_at_start(const std::string& counts) {
    LLVMContext& context = m_module.getContext();
    auto* constructor = Function::Create(FunctionType::get(Type::getVoidTy(context), false),
                                         GlobalValue::InternalLinkage, "autopass.count", m_module);
    constructor->addFnAttr(Attribute::NoUnwind);
    BasicBlock* entry = BasicBlock::Create(context, "", constructor);
    BasicBlock* opened = BasicBlock::Create(context, "", constructor);
    BasicBlock* done = BasicBlock::Create(context, "", constructor);
    IRBuilder<> builder(entry);
    Constant* path = ConstantDataArray::getString(context, counts);
    auto* name = new GlobalVariable(m_module, path->getType(), true, GlobalValue::PrivateLinkage, path,
                                    "autopass.file");
    const auto number = [&](std::uint64_t value) { return builder.getInt64(value); };
    llvm::Value* file = system_call(builder, {number(Linux::open), name,
                                        number(Linux::read_write_close_on_exec)});
    builder.CreateCondBr(builder.CreateICmpSGE(file, number(0)), opened, done);
    builder.SetInsertPoint(opened);
    system_call(builder, {number(Linux::mmap), m_array, number(bytes()),
                          number(Linux::prot_read_write), number(Linux::map_shared_fixed), file});
    system_call(builder, {number(Linux::close), file});
    builder.CreateBr(done);
    builder.SetInsertPoint(done);
    builder.CreateRetVoid();
    appendToGlobalCtors(m_module, constructor, 0);
  }

  Module& m_module;
  Type* m_number;
  std::uint64_t m_size = 1; // counter 0 is nobody's
  std::map<const Function*, std::uint64_t> m_entries;
  std::map<Edge, std::uint64_t> m_edges;
  std::map<const Instruction*, std::uint64_t> m_selects; // the counter of true; false has the next
  std::map<const Instruction*, std::uint64_t> m_calls;
  FunctionSet m_in_cycles;
  std::map<const Function*, Digest> m_fingerprints;
  GlobalVariable* m_array = nullptr;
};

// Windows' exceptions have blocks that nothing can be put into.
bool can_be_counted(const Function& function) {
  return none_of(function, [](const BasicBlock& block) {
    return isa<CatchSwitchInst>(block.getTerminator());
  });
}

} // namespace

bool count_branches(Module& module, const std::vector<Countable>& functions,
                    const std::string& file) {
  const Triple target(module.getTargetTriple());
  if (target.getArch() != Triple::x86_64 || !target.isOSLinux() || target.isX32()) {
    return false;
  }
  Counters counters(module, functions);
  std::vector<Countable> counted;
  std::string text;
  raw_string_ostream lines(text);
  for (const Countable& one : functions) {
    if (can_be_counted(*one.function)) {
      counted.push_back(one);
      lines << json::Value(counters.plan(one)) << '\n';
    }
  }
  if (counted.empty()) {
    return false;
  }
  const std::string counts = file + ".counts";
  if (!write_file(file, text) || !write_file(counts, std::string(counters.bytes(), '\0'))) {
    ::unlink(file.c_str()); // a program that maps a file which is too short dies of it
    ::unlink(counts.c_str());
    return false;
  }
  counters.insert(counted, counts);
  return true;
}

} // namespace autopass

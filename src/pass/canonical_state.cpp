// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What an instruction says beside its opcode, type and operands, and the metadata attached to it.
#include "canonical.h"
#include "content.h"

#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/IR/DebugInfoMetadata.h>
#include <llvm/IR/Function.h>
#include <llvm/IR/LLVMContext.h>

#include <algorithm>

namespace autopass {

using namespace llvm;

namespace {

// Where the code comes from, not what it does.
bool is_about_source(StringRef kind) {
  return kind == "dbg" || kind == "srcloc" || kind == "heapallocsite" || kind == "DIAssignID" ||
         kind == "annotation";
}

// What a profile says is no part of the function: Fingerprinter::profile().
bool is_profile(StringRef kind) { return kind == "prof"; }

// A loop's node that holds nothing but itself and source locations: only debug information made it.
bool says_nothing(const MDNode& node) {
  return node.getNumOperands() > 0 && std::all_of(node.op_begin(), node.op_end(), [&](auto& part) {
    return part.get() == &node || isa_and_nonnull<DILocation>(part.get());
  });
}

template <class Access> void add_access(Hasher& hash, const Access& access) {
  hash.number(access.isVolatile()).number(access.getAlign().value());
}

// Two scopes have a number of their own; that of any other is in order of first use in this process.
void add_scope(Hasher& hash, const Instruction& instruction, SyncScope::ID scope) {
  if (scope <= SyncScope::System) {
    hash.number(scope);
    return;
  }
  SmallVector<StringRef, 8> names;
  instruction.getContext().getSyncScopeNames(names);
  hash.text(view(names[scope]));
}

std::vector<StringRef> kind_names(LLVMContext& context) {
  SmallVector<StringRef, 48> names;
  context.getMDKindNames(names);
  return {names.begin(), names.end()};
}

} // namespace

void CanonicalWriter::memory_state(const Instruction& instruction) {
  if (const auto* load = dyn_cast<LoadInst>(&instruction)) {
    add_access(m_hash, *load);
    m_hash.number(std::uint64_t(load->getOrdering()));
    add_scope(m_hash, instruction, load->getSyncScopeID());
  } else if (const auto* store = dyn_cast<StoreInst>(&instruction)) {
    add_access(m_hash, *store);
    m_hash.number(std::uint64_t(store->getOrdering()));
    add_scope(m_hash, instruction, store->getSyncScopeID());
  } else if (const auto* fence = dyn_cast<FenceInst>(&instruction)) {
    m_hash.number(std::uint64_t(fence->getOrdering()));
    add_scope(m_hash, instruction, fence->getSyncScopeID());
  } else if (const auto* exchange = dyn_cast<AtomicCmpXchgInst>(&instruction)) {
    add_access(m_hash, *exchange);
    m_hash.number(exchange->isWeak());
    add_scope(m_hash, instruction, exchange->getSyncScopeID());
    m_hash.number(std::uint64_t(exchange->getSuccessOrdering()));
    m_hash.number(std::uint64_t(exchange->getFailureOrdering()));
  } else if (const auto* modify = dyn_cast<AtomicRMWInst>(&instruction)) {
    add_access(m_hash, *modify);
    m_hash.number(modify->getOperation());
    add_scope(m_hash, instruction, modify->getSyncScopeID());
    m_hash.number(std::uint64_t(modify->getOrdering()));
  } else if (const auto* stack = dyn_cast<AllocaInst>(&instruction)) {
    m_hash.digest(m_contents.type(stack->getAllocatedType())).number(stack->getAlign().value());
    m_hash.number(stack->isUsedWithInAlloca()).number(stack->isSwiftError());
  }
}

void CanonicalWriter::call_state(const CallBase& call) {
  m_hash.digest(m_contents.type(call.getFunctionType())).number(call.getCallingConv());
  m_hash.digest(m_contents.attributes(call.getAttributes()));
  if (const auto* plain = dyn_cast<CallInst>(&call)) {
    m_hash.number(plain->getTailCallKind());
  }
  m_hash.number(call.getNumOperandBundles());
  for (unsigned i = 0; i < call.getNumOperandBundles(); ++i) {
    m_hash.text(view(call.getOperandBundleAt(i).getTagName()));
    m_hash.number(call.getOperandBundleAt(i).Inputs.size());
  }
}

void CanonicalWriter::special_state(const Instruction& instruction) {
  memory_state(instruction);
  if (const auto* call = dyn_cast<CallBase>(&instruction)) {
    call_state(*call);
  } else if (const auto* compare = dyn_cast<CmpInst>(&instruction)) {
    m_hash.number(compare->getPredicate());
  } else if (const auto* address = dyn_cast<GetElementPtrInst>(&instruction)) {
    m_hash.digest(m_contents.type(address->getSourceElementType()));
  } else if (const auto* extract = dyn_cast<ExtractValueInst>(&instruction)) {
    for (const unsigned index : extract->indices()) {
      m_hash.number(index);
    }
  } else if (const auto* insert = dyn_cast<InsertValueInst>(&instruction)) {
    for (const unsigned index : insert->indices()) {
      m_hash.number(index);
    }
  } else if (const auto* shuffle = dyn_cast<ShuffleVectorInst>(&instruction)) {
    for (const int lane : shuffle->getShuffleMask()) {
      m_hash.number(std::uint64_t(lane));
    }
  } else if (const auto* landing = dyn_cast<LandingPadInst>(&instruction)) {
    m_hash.number(landing->isCleanup());
    for (unsigned i = 0; i < landing->getNumClauses(); ++i) {
      m_hash.number(landing->isCatch(i));
    }
  } else if (const auto* phi = dyn_cast<PHINode>(&instruction)) {
    for (const BasicBlock* predecessor : phi->blocks()) {
      value(*predecessor);
    }
  } else if (const auto* choice = dyn_cast<SwitchInst>(&instruction)) {
    for (const auto& branch : choice->cases()) {
      value(*branch.getCaseValue());
      value(*branch.getCaseSuccessor());
    }
  }
}

void CanonicalWriter::attachments(const Instruction& instruction) {
  SmallVector<std::pair<unsigned, MDNode*>, 4> all;
  instruction.getAllMetadataOtherThanDebugLoc(all);
  write(all, instruction.getContext());
}

void CanonicalWriter::attachments(const Function& function) {
  SmallVector<std::pair<unsigned, MDNode*>, 4> all;
  function.getAllMetadata(all);
  write(all, function.getContext());
}

void CanonicalWriter::write(SmallVectorImpl<std::pair<unsigned, MDNode*>>& all, LLVMContext& context) {
  if (all.empty()) {
    return;
  }
  const auto names = kind_names(context);
  std::sort(all.begin(), all.end(), [&](const auto& a, const auto& b) {
    return names[a.first] < names[b.first];
  });
  for (const auto& [kind, node] : all) {
    attachment(names[kind], *node);
  }
}

void CanonicalWriter::attachment(StringRef kind, const MDNode& node) {
  if (!is_about_source(kind) && !is_profile(kind) && !says_nothing(node)) {
    m_hash.text("attachment").text(view(kind));
    this->node(node);
  }
}

// Names of aggregates in alias metadata carry numbers of lambdas and unnamed types; the path of
// member types and offsets says the same without them.
void CanonicalWriter::node(const MDNode& node) {
  if (numbered(m_nodes, &node)) {
    return;
  }
  const bool named = node.getNumOperands() > 0 && isa_and_nonnull<MDString>(node.getOperand(0));
  const bool aggregate = named && node.getNumOperands() > 3 && node.getNumOperands() % 2 == 1;
  for (unsigned i = aggregate ? 1 : 0; i < node.getNumOperands(); ++i) {
    const Metadata* operand = node.getOperand(i).get();
    if (!isa_and_nonnull<DINode, DILocation>(operand)) {
      metadata(operand);
    }
  }
  m_hash.text("end of node");
}

void CanonicalWriter::metadata(const Metadata* metadata) {
  if (metadata == nullptr) {
    m_hash.text("none");
  } else if (const auto* text = dyn_cast<MDString>(metadata)) {
    const bool numbered_name = text->getString().contains('$');
    m_hash.text("string").text(numbered_name ? std::string_view() : view(text->getString()));
  } else if (const auto* wrapped = dyn_cast<ValueAsMetadata>(metadata)) {
    value(*wrapped->getValue());
  } else if (const auto* inner = dyn_cast<MDNode>(metadata)) {
    m_hash.text("node");
    node(*inner);
  } else {
    m_hash.text("other");
  }
}

} // namespace autopass

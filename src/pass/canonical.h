// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Writes values, instructions and metadata into a digest in canonical form: what is local gets a
// number in order of first use, what is private to the module is written by content, what other
// modules can see by name.
#pragma once

#include "composites.h"

#include <llvm/IR/InstrTypes.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/Metadata.h>

namespace autopass {

class CanonicalWriter {
public:
  // `self` is the function that is written: its name does not count where it calls itself. Ends what an
  // earlier writer on the same composites could still write.
  CanonicalWriter(Composites& composites, const llvm::Function* self, bool with_metadata)
      : m_composites(composites), m_reader(composites.next_reader()), m_contents(composites.contents()),
        m_self(self), m_with_metadata(with_metadata) {}

  void value(const llvm::Value& value);
  void block(const llvm::BasicBlock& block);
  void instruction(const llvm::Instruction& instruction);
  void attachments(const llvm::Instruction& instruction);
  void attachments(const llvm::Function& function);
  void node(const llvm::MDNode& node);
  Hasher& hash() { return m_hash; }
  Digest finish() const { return m_hash.finish(); }

private:
  bool numbered(llvm::DenseMap<const void*, unsigned>& numbers, const void* thing);
  void constant(const llvm::Constant& constant);
  bool meet(Composite& composite);
  bool numbered(Composite& composite);
  void metadata(const llvm::Metadata* metadata);
  void write(llvm::SmallVectorImpl<std::pair<unsigned, llvm::MDNode*>>& all, // by name of their kind
             llvm::LLVMContext& context);
  void attachment(llvm::StringRef kind, const llvm::MDNode& node);
  void special_state(const llvm::Instruction& instruction);
  void memory_state(const llvm::Instruction& instruction);
  void call_state(const llvm::CallBase& call);
  void call_operands(const llvm::CallBase& call);

  Hasher m_hash;
  Composites& m_composites;
  std::uint64_t m_reader, m_globals = 0, m_aggregates = 0; // how many of them it has met
  ContentDigests& m_contents;
  const llvm::Function* m_self;
  bool m_with_metadata;
  llvm::DenseMap<const void*, unsigned> m_locals, m_nodes;
};

} // namespace autopass

// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Constants that are made of others: globals, aggregates, expressions. What the canonical form says of one
// is put into bytes once a module and read by every function that can see it.
//
// A table of commands and two functions that use it:
//
//   @t = {{@name0, 1}, {@name1, 2}}      one composite for @t, one for the array, one for each row ...
//   f, g                                 each reads them in order, and gives them numbers of its own
//
// Numbers are no part of the bytes, since each function counts from its own first use: a composite has
// holes where its parts stand. So the digest is what a walk over the constants themselves would give.
// Parts are looked at when a reader comes to them, never by recursion: a list of 60 000 links is no deep
// stack. Cost: memory in proportion to the constants that functions can see; for each function and each
// constant it can see, a number.
#pragma once

#include "content.h"

#include <llvm/IR/Constant.h>

#include <deque>
#include <string>
#include <vector>

namespace autopass {

struct Composite {
  struct Part {
    std::size_t at; // in `content`
    Composite* composite;
  };
  const llvm::Constant* constant;
  std::string intro; // said whenever it is met; behind that comes its number
  // Said when it is met for the first time; there when Composites::fill() has been called.
  std::string content;
  std::vector<Part> parts;
  bool filled = false;
  std::uint64_t reader = 0, number = 0; // who has met it last, and by which number
};

class Composites {
public:
  explicit Composites(ContentDigests& contents) : m_contents(contents) {}
  // Of a constant for which is_composite() holds.
  Composite& of(const llvm::Constant& constant);
  void fill(Composite& composite);
  ContentDigests& contents() { return m_contents; }
  // Of a new reader; only the last one may read.
  std::uint64_t next_reader() { return ++m_readers; }

private:
  void add(Composite& composite, const llvm::Constant& part);
  void global(Composite& composite, const llvm::GlobalValue& global);
  void aggregate(Composite& composite);

  ContentDigests& m_contents;
  std::uint64_t m_readers = 0;
  std::deque<Composite> m_all; // which stay where they are
  llvm::DenseMap<const llvm::Constant*, Composite*> m_known;
};

bool is_composite(const llvm::Constant& constant);

// All that there is to say about a constant that is no composite.
void add_plain(Hasher& hash, ContentDigests& contents, const llvm::Constant& constant);

} // namespace autopass

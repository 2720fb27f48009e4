// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Parsed once for the whole plugin: most of the time that its files take to compile is LLVM's headers.
// Each file still includes what it uses.
#include <llvm/Analysis/LoopInfo.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/Module.h>
#include <llvm/Passes/PassBuilder.h>
#include <tl/expected.hpp>

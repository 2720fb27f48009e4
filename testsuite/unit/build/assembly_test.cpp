// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "build/assembly.h"

#include <doctest/doctest.h>

using namespace autopass;

namespace {

const std::string text = R"(	.file	"a.c"
	.globl	fg                              # -- Begin function fg
fg:                                     # @fg
	retq
                                        # -- End function
	.globl	f                               # -- Begin function f
	.p2align	4
	.type	f,@function
f:                                      # @f
	.cfi_startproc
# %bb.0:
	testl	%esi, %esi
	jle	.LBB1_4
# %bb.1:
	xorl	%ecx, %ecx
.LBB1_2:                                # =>This Loop Header: Depth=1
                                        #     Child Loop BB1_3 Depth 2
	movl	$1, %edx
.LBB1_3:                                #   Parent Loop BB1_2 Depth=1
                                        # =>  This Inner Loop Header: Depth=2
	addl	(%rdi,%rcx,4), %eax
	jne	.LBB1_3
# %bb.7:                                #   in Loop: Header=BB1_2 Depth=1
	jne	.LBB1_2
.LBB1_5:                                # =>This Inner Loop Header: Depth=1
	nop
	nop
	nop
	jne	.LBB1_5
.LBB1_4:
	retq
.Lfunc_end1:
	.size	f, .Lfunc_end1-f
                                        # -- End function
)";

} // namespace

TEST_CASE("a function is cut out, its labels numbered anew, its directives and comments gone") {
  const FunctionCode code = function_code(text, "f");
  CHECK(code.lines == std::vector<std::string>{
                          "testl %esi, %esi", "jle L3", "xorl %ecx, %ecx", "L0:", "movl $1, %edx",
                          "L1:", "addl (%rdi,%rcx,4), %eax", "jne L1", "jne L0", "L2:", "nop", "nop",
                          "nop", "jne L2", "L3:", "retq"});
  CHECK(function_code(text, "fg").lines == std::vector<std::string>{"retq"});
}

TEST_CASE("the hot loop is the deepest innermost one") {
  const FunctionCode code = function_code(text, "f");
  CHECK(code.hot_depth == 2);
  CHECK(code.hot_loop ==
        std::vector<std::string>{"L1:", "addl (%rdi,%rcx,4), %eax", "jne L1"});
  CHECK(function_code(text, "fg").hot_loop.empty());
}

TEST_CASE("what is not there is empty") {
  CHECK(function_code(text, "g").lines.empty());
  CHECK(function_code("", "f").lines.empty());
  CHECK(function_code(text.substr(0, text.size() / 2), "f").hot_depth >= 0); // cut off: no crash
}

TEST_CASE("other machines have other comments") {
  const FunctionCode code = function_code("\t.globl\tf                               // -- Begin function f\n"
                                          "f:                                      // @f\n"
                                          "// %bb.0:\n"
                                          "\tmov\tw8, wzr\n"
                                          ".LBB0_1:                                // =>This Inner Loop Header: Depth=1\n"
                                          "\tadd\tw8, w8, #1\n"
                                          "\tb.ne\t.LBB0_1\n"
                                          "\tret\n"
                                          "                                        // -- End function\n",
                                          "f");
  CHECK(code.lines == std::vector<std::string>{"mov w8, wzr", "L0:", "add w8, w8, #1", "b.ne L0", "ret"});
  CHECK(code.hot_loop.size() >= 3);
}

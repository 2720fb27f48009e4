// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Instructions of a small stack machine and the code that runs them.
#pragma once
#include <stdint.h>

enum operation {
    op_push, op_load, op_store, op_add, op_subtract, op_multiply, op_modulo, op_and, op_xor, op_shift_right,
    op_less, op_equal, op_jump, op_jump_if_zero, op_read, op_write, op_call, op_return, op_drop, op_duplicate,
    op_print, op_stop
};

struct instruction {
    uint8_t operation;
    int32_t operand;
};

enum { variables = 16, memory_cells = 1 << 14, stack_cells = 512 };

struct machine {
    int64_t stack[stack_cells], memory[memory_cells];
    int32_t returns[stack_cells];
    int64_t variable[variables];
    uint64_t executed;
};

// Runs from `entry` until op_stop; calls `print` for what the program prints.
int run(struct machine *m, const struct instruction *code, int entry, void (*print)(int64_t));

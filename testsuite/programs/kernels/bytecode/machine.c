// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The interpreter loop. Memory addresses wrap, stack bounds are checked where
// the stack grows, division by zero gives zero.
#include "machine.h"

static int64_t modulo(int64_t a, int64_t b)
{
    return b == 0 || b == -1 ? 0 : a % b;
}

int run(struct machine *m, const struct instruction *code, int entry, void (*print)(int64_t))
{
    int64_t *top = m->stack, *limit = m->stack + stack_cells - 1;
    int depth = 0;
    const struct instruction *next = code + entry;
    uint64_t executed = 0;
    for (;;) {
        const struct instruction now = *next++;
        executed++;
        switch ((enum operation)now.operation) {
        case op_push:
            if (top == limit) {
                return 0;
            }
            *++top = now.operand;
            break;
        case op_load:
            if (top == limit) {
                return 0;
            }
            *++top = m->variable[now.operand];
            break;
        case op_duplicate:
            if (top == limit) {
                return 0;
            }
            top[1] = top[0];
            top++;
            break;
        case op_store: m->variable[now.operand] = *top--; break;
        case op_add: top--; top[0] = (int64_t)((uint64_t)top[0] + (uint64_t)top[1]); break;
        case op_subtract: top--; top[0] = (int64_t)((uint64_t)top[0] - (uint64_t)top[1]); break;
        case op_multiply: top--; top[0] = (int64_t)((uint64_t)top[0] * (uint64_t)top[1]); break;
        case op_modulo: top--; top[0] = modulo(top[0], top[1]); break;
        case op_and: top--; top[0] &= top[1]; break;
        case op_xor: top--; top[0] ^= top[1]; break;
        case op_shift_right: top[0] = (int64_t)((uint64_t)top[0] >> (now.operand & 63)); break;
        case op_less: top--; top[0] = top[0] < top[1]; break;
        case op_equal: top--; top[0] = top[0] == top[1]; break;
        case op_jump: next = code + now.operand; break;
        case op_jump_if_zero:
            if (*top-- == 0) {
                next = code + now.operand;
            }
            break;
        case op_read: top[0] = m->memory[top[0] & (memory_cells - 1)]; break;
        case op_write: top -= 2; m->memory[top[1] & (memory_cells - 1)] = top[2]; break;
        case op_call:
            if (depth == stack_cells) {
                return 0;
            }
            m->returns[depth++] = (int32_t)(next - code);
            next = code + now.operand;
            break;
        case op_return: next = code + m->returns[--depth]; break;
        case op_drop: top--; break;
        case op_print: print(*top--); break;
        case op_stop: m->executed += executed; return 1;
        }
    }
}

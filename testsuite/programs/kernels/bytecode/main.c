// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Compiles small programs (sieve, recursion, shuffled sorting, a hash loop)
// from a postfix notation and interprets them.
// Arguments: SEED PROGRAMS(of s r b h) SIZE ROUNDS
#include "machine.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { most_code = 512 };

// Words: numbers, @x (load variable a..p), !x (store), [N label, ]N jump to it,
// ?N jump if zero, (N call, and names of operations.
static const char *const sieve =
    "2 !i [1 @i @n < ?2 @i 1 #w @i 1 + !i ]1 [2 2 !i 0 !c "
    "[3 @i @n < ?4 @i #r ?5 @c 1 + !c @i @i + !j [6 @j @n < ?5 @j 0 #w @j @i + !j ]6 [5 @i 1 + !i ]3 [4 @c #p #s";
static const char *const recursion =
    "@n (1 #p #s [1 #d 2 < ?2 #t [2 #d 2 - (1 !b !a @b @a 1 - (1 + #t";
static const char *const bubble =
    "0 !i [1 @i @n < ?2 @s 1103 * 12345 + 65521 % !s @i @s #w @i 1 + !i ]1 [2 "
    "@n !m [3 1 @m < ?8 1 !j [4 @j @m < ?7 @j #r @j 1 - #r < ?6 "
    "@j #r !t @j @j 1 - #r #w @j 1 - @t #w [6 @j 1 + !j ]4 [7 @m 1 - !m ]3 "
    "[8 0 !h 0 !i [9 @i @n < ?10 @h 31 * @i #r + 1000003 % !h @i 1 + !i ]9 [10 @h #p #s";
static const char *const hash =
    "0 !i @s !h [1 @i @n < ?2 @h 40503 * @i ^ !h @h >7 @h ^ !h "
    "@h 1023 & #r 1 + !t @h 1023 & @t #w @t 3 & ?3 @h 5 + !h ]4 [3 @h @t ^ !h [4 @i 1 + !i ]1 [2 @h 16777215 & #p #s";

static uint64_t printed;

static void print(int64_t value)
{
    printed = printed * 31 + (uint64_t)value;
    printf("%lld\n", (long long)value);
}

static int assemble(const char *text, struct instruction *code)
{
    int labels[16] = {0}, used = 0;
    for (int pass = 0; pass < 2; pass++) {
        used = 0;
        for (const char *p = text; *p != '\0'; p += strcspn(p, " "), p += *p == ' ') {
            int number = atoi(p + (*p < '0' || *p > '9'));
            struct instruction out = {op_stop, 0};
            switch (*p) {
            case '[': labels[number] = used; continue;
            case ']': out = (struct instruction){op_jump, labels[number]}; break;
            case '?': out = (struct instruction){op_jump_if_zero, labels[number]}; break;
            case '(': out = (struct instruction){op_call, labels[number]}; break;
            case '@': out = (struct instruction){op_load, (p[1] - 'a') % variables}; break;
            case '!': out = (struct instruction){op_store, (p[1] - 'a') % variables}; break;
            case '>': out = (struct instruction){op_shift_right, number}; break;
            case '+': out.operation = op_add; break;
            case '-': out.operation = op_subtract; break;
            case '*': out.operation = op_multiply; break;
            case '%': out.operation = op_modulo; break;
            case '&': out.operation = op_and; break;
            case '^': out.operation = op_xor; break;
            case '<': out.operation = op_less; break;
            case '=': out.operation = op_equal; break;
            case '#':
                out.operation = p[1] == 'r' ? op_read : p[1] == 'w' ? op_write : p[1] == 'p' ? op_print
                    : p[1] == 't' ? op_return : p[1] == 'd' ? op_duplicate : p[1] == 'x' ? op_drop : op_stop;
                break;
            default: out = (struct instruction){op_push, number}; break;
            }
            code[used++] = out;
        }
    }
    return used;
}

int main(int argc, char **argv)
{
    static struct machine m;
    struct instruction code[most_code];
    if (argc != 5) {
        return 2;
    }
    for (int round = 0; round < atoi(argv[4]); round++) {
        for (const char *which = argv[2]; *which != '\0'; which++) {
            const char *text = *which == 's' ? sieve : *which == 'r' ? recursion : *which == 'b' ? bubble : hash;
            assemble(text, code);
            m.variable['n' - 'a'] = *which == 'r' ? 12 + atoi(argv[3]) % 13 : *which == 'b' ? atoi(argv[3]) / 24 : atoi(argv[3]);
            m.variable[('s' - 'a') % variables] = atoi(argv[1]) + round;
            if (!run(&m, code, 0, print)) {
                puts("stack overflow");
            }
        }
    }
    printf("%llu %llu\n", (unsigned long long)m.executed, (unsigned long long)printed);
    return 0;
}

// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Bit sets as boards: n-queens by masks, knight and slider reach on 8x8 boards,
// the game of life on packed rows, counting and picking bits.
// Arguments: SEED QUEENS BOARDS GENERATIONS
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { rows = 192, words = 3 };

static const uint64_t not_a = 0xfefefefefefefefeull, not_h = 0x7f7f7f7f7f7f7f7full;
static uint64_t random_state;

static uint64_t random_bits(void)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return random_state * 0x2545f4914f6cdd1dull;
}

static int count_bits(uint64_t x)
{
    int count = 0;
    while (x != 0) {
        x &= x - 1;
        count++;
    }
    return count;
}

static uint64_t queens(uint32_t all, uint32_t columns, uint32_t left, uint32_t right)
{
    if (columns == all) {
        return 1;
    }
    uint64_t found = 0;
    uint32_t open = all & ~(columns | left | right);
    while (open != 0) {
        uint32_t place = open & -open;
        open ^= place;
        found += queens(all, columns | place, (left | place) << 1, (right | place) >> 1);
    }
    return found;
}

static uint64_t knights(uint64_t from)
{
    uint64_t l1 = from >> 1 & not_h, l2 = from >> 2 & not_h & (not_h >> 1);
    uint64_t r1 = from << 1 & not_a, r2 = from << 2 & not_a & (not_a << 1);
    uint64_t near = l1 | r1, far = l2 | r2;
    return near << 16 | near >> 16 | far << 8 | far >> 8;
}

static uint64_t slide(uint64_t from, uint64_t empty, int by, uint64_t mask)
{
    uint64_t reach = 0;
    for (;;) {
        from = (by > 0 ? from << by : from >> -by) & mask;
        reach |= from;
        from &= empty;
        if (from == 0) {
            return reach;
        }
    }
}

static uint64_t sliders(uint64_t straight, uint64_t diagonal, uint64_t empty)
{
    uint64_t reach = slide(straight, empty, 8, ~0ull) | slide(straight, empty, -8, ~0ull);
    reach |= slide(straight, empty, 1, not_a) | slide(straight, empty, -1, not_h);
    reach |= slide(diagonal, empty, 9, not_a) | slide(diagonal, empty, -9, not_h);
    return reach | slide(diagonal, empty, 7, not_h) | slide(diagonal, empty, -7, not_a);
}

static int64_t score_board(uint64_t white, uint64_t black)
{
    static const int worth[64] = {
        0, 1, 2, 3, 3, 2, 1, 0, 1, 3, 4, 5, 5, 4, 3, 1, 2, 4, 6, 7, 7, 6, 4, 2, 3, 5, 7, 9, 9, 7, 5, 3,
        3, 5, 7, 9, 9, 7, 5, 3, 2, 4, 6, 7, 7, 6, 4, 2, 1, 3, 4, 5, 5, 4, 3, 1, 0, 1, 2, 3, 3, 2, 1, 0};
    uint64_t empty = ~(white | black);
    uint64_t attacked = sliders(white & 0xff00ff0000ull, white & 0xff00ff00ff00ull, empty) | knights(white);
    int64_t score = count_bits(attacked & black) * 8 + count_bits(attacked & empty);
    for (uint64_t left = attacked; left != 0; left &= left - 1) {
        score += worth[__builtin_ctzll(left)];
    }
    return score;
}

// Adds eight neighbour bits in parallel, as a sum of up to three binary digits.
static uint64_t alive_next(const uint64_t n[8], uint64_t alive)
{
    uint64_t ones = 0, twos = 0, fours = 0;
    for (int i = 0; i < 8; i++) {
        uint64_t carry = ones & n[i];
        ones ^= n[i];
        fours |= twos & carry;
        twos ^= carry;
    }
    return twos & ~fours & (ones | alive);
}

static void generation(uint64_t now[rows][words], uint64_t next[rows][words])
{
    for (int y = 0; y < rows; y++) {
        uint64_t *line[3] = {now[(y + rows - 1) % rows], now[y], now[(y + 1) % rows]};
        for (int w = 0; w < words; w++) {
            uint64_t n[8];
            int at = 0;
            for (int k = 0; k < 3; k++) {
                uint64_t here = line[k][w];
                n[at++] = here << 1 | line[k][(w + words - 1) % words] >> 63;
                n[at++] = here >> 1 | line[k][(w + 1) % words] << 63;
                if (k != 1) {
                    n[at++] = here;
                }
            }
            next[y][w] = alive_next(n, line[1][w]);
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        return 2;
    }
    static uint64_t boards[2][rows][words];
    random_state = 88172645463325252ull + (uint64_t)atoi(argv[1]);
    printf("queens %llu\n", (unsigned long long)queens((1u << atoi(argv[2])) - 1, 0, 0, 0));
    int64_t score = 0;
    uint64_t mix = 0;
    for (int i = atoi(argv[3]); i > 0; i--) {
        uint64_t white = random_bits() & random_bits(), black = random_bits() & random_bits() & ~white;
        int64_t one = score_board(white, black) - score_board(black, white);
        score += one;
        mix = mix * 31 + (uint64_t)one;
    }
    printf("score %lld %llu\n", (long long)score, (unsigned long long)mix);
    for (int y = 0; y < rows; y++) {
        for (int w = 0; w < words; w++) {
            boards[0][y][w] = random_bits() & random_bits();
        }
    }
    int generations = atoi(argv[4]);
    for (int i = 0; i < generations; i++) {
        generation(boards[i & 1], boards[~i & 1]);
    }
    int alive = 0;
    for (int y = 0; y < rows; y++) {
        for (int w = 0; w < words; w++) {
            alive += count_bits(boards[generations & 1][y][w]);
            mix = mix * 31 + boards[generations & 1][y][w];
        }
    }
    printf("life %d %llu\n", alive, (unsigned long long)mix);
    return 0;
}

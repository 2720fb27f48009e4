// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Dynamic programming: local alignment with affine gaps, edit distance,
// longest common subsequence in a band, and a knapsack.
// Arguments: SEED LETTERS LENGTH PAIRS
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { longest = 4096, capacity = 6000, things = 60 };

static uint32_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 9) % n;
}

static int min(int a, int b) { return a < b ? a : b; }
static int max(int a, int b) { return a > b ? a : b; }

static void make_sequence(uint8_t *s, int length, int letters)
{
    for (int i = 0; i < length; i++) {
        s[i] = (uint8_t)random_below(letters);
    }
}

// A relative of the first sequence: some letters changed, lost, doubled.
static int make_relative(const uint8_t *s, int length, uint8_t *out, int letters)
{
    int n = 0;
    for (int i = 0; i < length && n + 2 < longest; i++) {
        switch (random_below(12)) {
        case 0: out[n++] = (uint8_t)random_below(letters); break;
        case 1: break;
        case 2: out[n++] = s[i]; out[n++] = s[i]; break;
        default: out[n++] = s[i]; break;
        }
    }
    return n;
}

struct best {
    int score, row, column;
};

static struct best align_local(const uint8_t *a, int n, const uint8_t *b, int m, const int8_t *scores, int letters)
{
    static int score[longest + 1], gap[longest + 1];
    const int open = 11, extend = 2;
    struct best best = {0, 0, 0};
    for (int j = 0; j <= m; j++) {
        score[j] = 0;
        gap[j] = -open;
    }
    for (int i = 1; i <= n; i++) {
        const int8_t *row = scores + a[i - 1] * letters;
        int diagonal = 0, left_gap = -open;
        for (int j = 1; j <= m; j++) {
            gap[j] = max(gap[j] - extend, score[j] - open);
            left_gap = max(left_gap - extend, score[j - 1] - open);
            int here = max(diagonal + row[b[j - 1]], 0);
            here = max(here, max(gap[j], left_gap));
            diagonal = score[j];
            score[j] = here;
            if (here > best.score) {
                best = (struct best){here, i, j};
            }
        }
    }
    return best;
}

static int edit_distance(const uint8_t *a, int n, const uint8_t *b, int m)
{
    static int row[longest + 1];
    for (int j = 0; j <= m; j++) {
        row[j] = j;
    }
    for (int i = 1; i <= n; i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= m; j++) {
            int change = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = min(change, min(row[j], row[j - 1]) + 1);
        }
    }
    return row[m];
}

static int common_in_band(const uint8_t *a, int n, const uint8_t *b, int m, int band)
{
    static uint16_t table[2][longest + 2];
    for (int j = 0; j <= m + 1; j++) {
        table[0][j] = table[1][j] = 0;
    }
    for (int i = 1; i <= n; i++) {
        uint16_t *now = table[i & 1];
        const uint16_t *before = table[~i & 1];
        int from = max(1, i - band), to = min(m, i + band);
        for (int j = from; j <= to; j++) {
            if (a[i - 1] == b[j - 1]) {
                now[j] = before[j - 1] + 1;
            } else {
                now[j] = before[j] > now[j - 1] ? before[j] : now[j - 1];
            }
        }
    }
    return table[n & 1][min(m, n + band)];
}

static int64_t knapsack(const int *weights, const int *values, int count)
{
    static int best[capacity + 1];
    int64_t sum = 0;
    for (int w = 0; w <= capacity; w++) {
        best[w] = 0;
    }
    for (int i = 0; i < count; i++) {
        for (int w = capacity; w >= weights[i]; w--) {
            int with = best[w - weights[i]] + values[i];
            if (with > best[w]) {
                best[w] = with;
            }
        }
    }
    for (int w = 0; w <= capacity; w++) {
        sum += best[w];
    }
    return sum;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        return 2;
    }
    random_state = (uint32_t)atoi(argv[1]);
    int letters = atoi(argv[2]), length = min(atoi(argv[3]), longest - 2);
    static uint8_t a[longest], b[longest];
    int8_t *scores = malloc((size_t)letters * letters);
    if (!scores) {
        return 1;
    }
    for (int i = 0; i < letters; i++) {
        for (int j = 0; j <= i; j++) {
            int score = i == j ? 4 + (int)random_below(4) : 1 - (int)random_below(5);
            scores[i * letters + j] = scores[j * letters + i] = (int8_t)score;
        }
    }
    for (int pair = atoi(argv[4]); pair > 0; pair--) {
        make_sequence(a, length, letters);
        int m = make_relative(a, length, b, letters);
        if (pair % 4 == 0) {
            make_sequence(b, m, letters);
        }
        struct best best = align_local(a, length, b, m, scores, letters);
        int distance = edit_distance(a, length, b, m);
        int common = common_in_band(a, length, b, m, 64 + (int)random_below(200));
        int weights[things], values[things];
        for (int i = 0; i < things; i++) {
            weights[i] = 20 + (int)random_below(600);
            values[i] = weights[i] / 2 + (int)random_below(300);
        }
        printf("%d %d %d %d %d %lld\n", best.score, best.row, best.column, distance, common,
               (long long)knapsack(weights, values, things));
    }
    return 0;
}

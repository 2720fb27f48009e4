// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Heat flow in a 3-D block of two materials: explicit 7-point scheme with a
// conductivity per cell, insulated or fixed walls, and the largest change per
// step as a measure of convergence. Arguments: SEED WIDTH HEIGHT DEPTH STEPS
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct block {
    int nx, ny, nz;
    double *now, *next, *conductivity;
};

static uint32_t random_state;

static uint32_t random_bits(void)
{
    random_state = random_state * 1664525u + 1013904223u;
    return random_state >> 8;
}

static inline size_t at(const struct block *b, int x, int y, int z)
{
    return ((size_t)z * b->ny + y) * b->nx + x;
}

static void create(struct block *b, int nx, int ny, int nz)
{
    size_t cells = (size_t)nx * ny * nz;
    b->nx = nx;
    b->ny = ny;
    b->nz = nz;
    b->now = malloc(cells * sizeof(double));
    b->next = malloc(cells * sizeof(double));
    b->conductivity = malloc(cells * sizeof(double));
    if (!b->now || !b->next || !b->conductivity) {
        exit(1);
    }
    for (size_t i = 0; i < cells; i++) {
        b->now[i] = b->next[i] = 20.0;
        b->conductivity[i] = 0.02 + (random_bits() & 1023) / 40000.0;
    }
    for (int i = 0; i < 12; i++) {
        int x = random_bits() % nx, y = random_bits() % ny, z = random_bits() % nz;
        b->now[at(b, x, y, z)] = b->next[at(b, x, y, z)] = 400.0 + random_bits() % 1000;
    }
}

static void step(struct block *b)
{
    const int row = b->nx, layer = b->nx * b->ny;
    for (int z = 1; z < b->nz - 1; z++) {
        for (int y = 1; y < b->ny - 1; y++) {
            const double *t = b->now + at(b, 0, y, z);
            const double *k = b->conductivity + at(b, 0, y, z);
            double *out = b->next + at(b, 0, y, z);
            for (int x = 1; x < b->nx - 1; x++) {
                double sum = t[x - 1] + t[x + 1] + t[x - row] + t[x + row] + t[x - layer] + t[x + layer];
                out[x] = t[x] + k[x] * (sum - 6.0 * t[x]);
            }
        }
    }
}

// The walls in x are insulated, those in y take the average of their
// neighbourhood, and the ones in z stay at their temperature.
static void walls(struct block *b)
{
    for (int z = 1; z < b->nz - 1; z++) {
        for (int y = 0; y < b->ny; y++) {
            double *t = b->next + at(b, 0, y, z);
            t[0] = t[1];
            t[b->nx - 1] = t[b->nx - 2];
        }
        double *low = b->next + at(b, 0, 0, z), *high = b->next + at(b, 0, b->ny - 1, z);
        for (int x = 1; x < b->nx - 1; x++) {
            low[x] = (low[x - 1] + low[x] + low[x + 1] + low[x + b->nx]) * 0.25;
            high[x] = (high[x - 1] + high[x] + high[x + 1] + high[x - b->nx]) * 0.25;
        }
    }
}

static double largest_change(const struct block *b)
{
    size_t cells = (size_t)b->nx * b->ny * b->nz;
    double largest = 0.0;
    for (size_t i = 0; i < cells; i++) {
        double change = b->next[i] - b->now[i];
        if (change < 0.0) {
            change = -change;
        }
        if (change > largest) {
            largest = change;
        }
    }
    return largest;
}

static double weighted_sum(const struct block *b)
{
    double sum = 0.0;
    for (int z = 0; z < b->nz; z++) {
        for (int y = 0; y < b->ny; y++) {
            for (int x = 0; x < b->nx; x++) {
                sum += b->now[at(b, x, y, z)] * (1 + (x ^ y ^ z) % 7);
            }
        }
    }
    return sum;
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        return 2;
    }
    struct block b;
    random_state = (uint32_t)atoi(argv[1]);
    create(&b, atoi(argv[2]), atoi(argv[3]), atoi(argv[4]));
    int steps = atoi(argv[5]);
    for (int i = 1; i <= steps; i++) {
        step(&b);
        walls(&b);
        if (i % 4 == 0) {
            double change = largest_change(&b);
            if (i % 64 == 0) {
                printf("step %d change %.17g\n", i, change);
            }
        }
        double *swap = b.now;
        b.now = b.next;
        b.next = swap;
    }
    printf("sum %.17g\n", weighted_sum(&b));
    printf("centre %.17g\n", b.now[at(&b, b.nx / 2, b.ny / 2, b.nz / 2)]);
    return 0;
}

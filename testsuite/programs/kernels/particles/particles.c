// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Particles in a box with walls: short-range forces found through a grid of
// cells, far attraction by a few heavy bodies, a histogram of speeds.
// Arguments: SEED PARTICLES CELLS-PER-SIDE HEAVY STEPS
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct particle {
    double x, y, u, v, mass;
    int next;
};

struct world {
    int count, heavy, side;
    struct particle *p;
    int *cells;
    double *fx, *fy;
};

static uint32_t random_state;

static double random_unit(void)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) / 16777216.0;
}

static int cell_of(const struct world *w, double x)
{
    int cell = (int)(x * w->side);
    return cell < 0 ? 0 : cell >= w->side ? w->side - 1 : cell;
}

static void sort_into_cells(struct world *w)
{
    for (int i = 0; i < w->side * w->side; i++) {
        w->cells[i] = -1;
    }
    for (int i = 0; i < w->count; i++) {
        int *head = &w->cells[cell_of(w, w->p[i].y) * w->side + cell_of(w, w->p[i].x)];
        w->p[i].next = *head;
        *head = i;
    }
}

// Soft spheres: they repel one another within a radius of one cell.
static inline void repel(struct world *w, int i, int j, double radius)
{
    double dx = w->p[j].x - w->p[i].x, dy = w->p[j].y - w->p[i].y;
    double square = dx * dx + dy * dy;
    if (square >= radius * radius || square == 0.0) {
        return;
    }
    double distance = sqrt(square);
    double force = (radius - distance) * 40.0 / distance;
    w->fx[i] -= force * dx;
    w->fy[i] -= force * dy;
    w->fx[j] += force * dx;
    w->fy[j] += force * dy;
}

static void near_forces(struct world *w)
{
    static const int around[4][2] = {{1, 0}, {-1, 1}, {0, 1}, {1, 1}};
    double radius = 1.0 / w->side;
    for (int cy = 0; cy < w->side; cy++) {
        for (int cx = 0; cx < w->side; cx++) {
            for (int i = w->cells[cy * w->side + cx]; i >= 0; i = w->p[i].next) {
                for (int j = w->p[i].next; j >= 0; j = w->p[j].next) {
                    repel(w, i, j, radius);
                }
                for (int k = 0; k < 4; k++) {
                    int x = cx + around[k][0], y = cy + around[k][1];
                    if (x < 0 || x >= w->side || y >= w->side) {
                        continue;
                    }
                    for (int j = w->cells[y * w->side + x]; j >= 0; j = w->p[j].next) {
                        repel(w, i, j, radius);
                    }
                }
            }
        }
    }
}

static void far_forces(struct world *w)
{
    for (int i = w->heavy; i < w->count; i++) {
        double fx = 0.0, fy = 0.0;
        for (int j = 0; j < w->heavy; j++) {
            double dx = w->p[j].x - w->p[i].x, dy = w->p[j].y - w->p[i].y;
            double square = dx * dx + dy * dy + 0.01;
            double pull = w->p[j].mass / (square * sqrt(square));
            fx += pull * dx;
            fy += pull * dy;
        }
        w->fx[i] += fx;
        w->fy[i] += fy;
    }
}

static int bounce(double *place, double *speed)
{
    if (*place < 0.0) {
        *place = -*place;
        *speed = -*speed * 0.9;
        return 1;
    }
    if (*place > 1.0) {
        *place = 2.0 - *place;
        *speed = -*speed * 0.9;
        return 1;
    }
    return 0;
}

static int move(struct world *w, double time)
{
    int bounces = 0;
    for (int i = 0; i < w->count; i++) {
        struct particle *p = &w->p[i];
        p->u = (p->u + w->fx[i] / p->mass * time) * 0.999;
        p->v = (p->v + w->fy[i] / p->mass * time) * 0.999;
        p->x += p->u * time;
        p->y += p->v * time;
        bounces += bounce(&p->x, &p->u) + bounce(&p->y, &p->v);
        w->fx[i] = w->fy[i] = 0.0;
    }
    return bounces;
}

static double energy(const struct world *w, int histogram[16])
{
    double sum = 0.0;
    for (int i = 0; i < w->count; i++) {
        double square = w->p[i].u * w->p[i].u + w->p[i].v * w->p[i].v;
        double bin = square * 0.05;
        histogram[bin > 15.0 ? 15 : (int)bin]++;
        sum += 0.5 * w->p[i].mass * square;
    }
    return sum;
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        return 2;
    }
    random_state = (uint32_t)atoi(argv[1]);
    struct world w = {atoi(argv[2]), atoi(argv[4]), atoi(argv[3]), NULL, NULL, NULL, NULL};
    int steps = atoi(argv[5]), bounces = 0, histogram[16] = {0};
    w.p = calloc(w.count, sizeof(struct particle));
    w.fx = calloc(w.count, sizeof(double));
    w.fy = calloc(w.count, sizeof(double));
    w.cells = calloc((size_t)w.side * w.side, sizeof(int));
    if (!w.p || !w.fx || !w.fy || !w.cells || w.heavy > w.count) {
        return 1;
    }
    for (int i = 0; i < w.count; i++) {
        w.p[i] = (struct particle){random_unit(), random_unit(), random_unit() - 0.5, random_unit() - 0.5,
                                   i < w.heavy ? 5.0 : 0.5 + random_unit(), -1};
    }
    for (int i = 1; i <= steps; i++) {
        sort_into_cells(&w);
        near_forces(&w);
        far_forces(&w);
        bounces += move(&w, 0.001);
        if (i % 32 == 0) {
            printf("%d %d %.17g\n", i, bounces, energy(&w, histogram));
        }
    }
    double sum = 0.0;
    for (int i = 0; i < w.count; i++) {
        sum += w.p[i].x * (i % 3 + 1) + w.p[i].y;
    }
    printf("%.17g\n", sum);
    for (int i = 0; i < 16; i++) {
        printf("%d%c", histogram[i], i < 15 ? ' ' : '\n');
    }
    return 0;
}

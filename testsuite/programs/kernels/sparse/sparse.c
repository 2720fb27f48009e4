// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sparse symmetric systems in compressed rows: conjugate gradients with a
// diagonal preconditioner, Gauss-Seidel sweeps, breadth-first levels.
// Arguments: SEED WIDTH HEIGHT EXTRA-PER-ROW ITERATIONS
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct matrix {
    int size, used;
    int *start, *column;
    double *value, *diagonal;
};

static uint32_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % n;
}

static void *allocate(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    if (!memory) {
        exit(1);
    }
    return memory;
}

static void add(struct matrix *m, int *fill, int row, int column, double value)
{
    int at = m->start[row] + fill[row]++;
    m->column[at] = column;
    m->value[at] = value;
    m->diagonal[row] += -value;
}

// A grid's five-point neighbourhood and some far connections, both ways.
static void build(struct matrix *m, int w, int h, int extra)
{
    int size = w * h, links = size * extra / 2;
    int *from = allocate(links + 1, sizeof(int)), *to = allocate(links + 1, sizeof(int)), *fill = allocate(size, sizeof(int));
    m->size = size;
    m->start = allocate(size + 1, sizeof(int));
    m->diagonal = allocate(size, sizeof(double));
    for (int i = 0; i < links; i++) {
        from[i] = (int)random_below(size);
        to[i] = (from[i] + 1 + (int)random_below(random_below(4) == 0 ? size - 1 : 300)) % size;
        fill[from[i]]++;
        fill[to[i]]++;
    }
    for (int i = 0; i < size; i++) {
        int x = i % w, y = i / w;
        m->start[i + 1] = m->start[i] + fill[i] + (x > 0) + (x + 1 < w) + (y > 0) + (y + 1 < h);
        fill[i] = 0;
    }
    m->used = m->start[size];
    m->column = allocate(m->used, sizeof(int));
    m->value = allocate(m->used, sizeof(double));
    for (int i = 0; i < size; i++) {
        int x = i % w, y = i / w;
        if (y > 0) add(m, fill, i, i - w, -1.0);
        if (x > 0) add(m, fill, i, i - 1, -1.0);
        if (x + 1 < w) add(m, fill, i, i + 1, -1.0);
        if (y + 1 < h) add(m, fill, i, i + w, -1.0);
        m->diagonal[i] += 0.05 + random_below(16) / 64.0;
    }
    for (int i = 0; i < links; i++) {
        double value = -0.125 * (1 + random_below(4));
        add(m, fill, from[i], to[i], value);
        add(m, fill, to[i], from[i], value);
    }
    free(from);
    free(to);
    free(fill);
}

static void multiply(const struct matrix *m, const double *x, double *y)
{
    for (int i = 0; i < m->size; i++) {
        double sum = m->diagonal[i] * x[i];
        for (int k = m->start[i]; k < m->start[i + 1]; k++) {
            sum += m->value[k] * x[m->column[k]];
        }
        y[i] = sum;
    }
}

static double dot(const double *a, const double *b, int n)
{
    double sum = 0.0;
    for (int i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

static double gradients(const struct matrix *m, const double *right, double *x, double *work, int iterations)
{
    int n = m->size;
    double *r = work, *z = r + n, *p = z + n, *q = p + n;
    multiply(m, x, q);
    for (int i = 0; i < n; i++) {
        r[i] = right[i] - q[i];
        p[i] = z[i] = r[i] / m->diagonal[i];
    }
    double rz = dot(r, z, n);
    for (int k = 0; k < iterations && rz > 1e-30; k++) {
        multiply(m, p, q);
        double step = rz / dot(p, q, n);
        for (int i = 0; i < n; i++) {
            x[i] += step * p[i];
            r[i] -= step * q[i];
            z[i] = r[i] / m->diagonal[i];
        }
        double next = dot(r, z, n), ratio = next / rz;
        rz = next;
        for (int i = 0; i < n; i++) {
            p[i] = z[i] + ratio * p[i];
        }
    }
    return rz;
}

static void sweep(const struct matrix *m, const double *right, double *x)
{
    for (int i = 0; i < m->size; i++) {
        double sum = right[i];
        for (int k = m->start[i]; k < m->start[i + 1]; k++) {
            sum -= m->value[k] * x[m->column[k]];
        }
        x[i] = sum / m->diagonal[i];
    }
}

static int64_t levels(const struct matrix *m, int from, int *level, int *queue)
{
    int64_t sum = 0;
    int head = 0, tail = 0;
    for (int i = 0; i < m->size; i++) {
        level[i] = -1;
    }
    level[from] = 0;
    queue[tail++] = from;
    while (head < tail) {
        int node = queue[head++];
        sum += level[node];
        for (int k = m->start[node]; k < m->start[node + 1]; k++) {
            int other = m->column[k];
            if (level[other] < 0) {
                level[other] = level[node] + 1;
                queue[tail++] = other;
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
    random_state = (uint32_t)atoi(argv[1]);
    struct matrix m = {0};
    build(&m, atoi(argv[2]), atoi(argv[3]), atoi(argv[4]));
    int iterations = atoi(argv[5]);
    double *right = allocate(m.size, sizeof(double)), *x = allocate(m.size, sizeof(double));
    double *work = allocate(4 * (size_t)m.size, sizeof(double));
    int *level = allocate(m.size, sizeof(int)), *queue = allocate(m.size, sizeof(int));
    for (int i = 0; i < m.size; i++) {
        right[i] = random_below(1000) / 1000.0;
    }
    for (int round = 0; round < iterations; round++) {
        for (int i = 0; i < 10; i++) {
            sweep(&m, right, x);
        }
        double rest = gradients(&m, right, x, work, 12);
        int64_t sum = levels(&m, (int)random_below(m.size), level, queue);
        right[random_below(m.size)] += 3.0;
        printf("%.17g %.17g %lld\n", rest, dot(x, right, m.size), (long long)sum);
    }
    return 0;
}

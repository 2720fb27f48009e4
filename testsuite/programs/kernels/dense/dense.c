// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Dense linear algebra in plain loops: matrix product, LU factorisation with
// row exchanges, solving with it, Cholesky factorisation.
// Arguments: SEED ORDER ROUNDS
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t random_state;

static double random_unit(void)
{
    random_state = random_state * 6364136223846793005ull + 1442695040888963407ull;
    return (double)(random_state >> 40) / 16777216.0 - 0.5;
}

static double *matrix(int n)
{
    double *m = calloc((size_t)n * n, sizeof(double));
    if (!m) {
        exit(1);
    }
    return m;
}

static void multiply(int n, const double *a, const double *b, double *c)
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
            c[i * n + j] = 0.0;
        }
        for (int k = 0; k < n; k++) {
            double factor = a[i * n + k];
            for (int j = 0; j < n; j++) {
                c[i * n + j] += factor * b[k * n + j];
            }
        }
    }
}

// c = a * transposed(a), lower triangle and its mirror image.
static void gram(int n, const double *a, double *c)
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
            double sum = 0.0;
            for (int k = 0; k < n; k++) {
                sum += a[i * n + k] * a[j * n + k];
            }
            c[i * n + j] = sum;
            c[j * n + i] = sum;
        }
    }
}

static int factor_lu(int n, double *m, int *order)
{
    int exchanges = 0;
    for (int i = 0; i < n; i++) {
        order[i] = i;
    }
    for (int k = 0; k < n; k++) {
        int best = k;
        for (int i = k + 1; i < n; i++) {
            if (fabs(m[i * n + k]) > fabs(m[best * n + k])) {
                best = i;
            }
        }
        if (best != k) {
            for (int j = 0; j < n; j++) {
                double t = m[k * n + j];
                m[k * n + j] = m[best * n + j];
                m[best * n + j] = t;
            }
            int t = order[k];
            order[k] = order[best];
            order[best] = t;
            exchanges++;
        }
        double scale = 1.0 / m[k * n + k];
        for (int i = k + 1; i < n; i++) {
            double factor = m[i * n + k] *= scale;
            for (int j = k + 1; j < n; j++) {
                m[i * n + j] -= factor * m[k * n + j];
            }
        }
    }
    return exchanges;
}

static void solve_lu(int n, const double *m, const int *order, const double *right, double *x)
{
    for (int i = 0; i < n; i++) {
        double sum = right[order[i]];
        for (int j = 0; j < i; j++) {
            sum -= m[i * n + j] * x[j];
        }
        x[i] = sum;
    }
    for (int i = n - 1; i >= 0; i--) {
        double sum = x[i];
        for (int j = i + 1; j < n; j++) {
            sum -= m[i * n + j] * x[j];
        }
        x[i] = sum / m[i * n + i];
    }
}

static int factor_cholesky(int n, double *m)
{
    for (int j = 0; j < n; j++) {
        for (int k = 0; k < j; k++) {
            for (int i = j; i < n; i++) {
                m[i * n + j] -= m[i * n + k] * m[j * n + k];
            }
        }
        if (m[j * n + j] <= 0.0) {
            return 0;
        }
        double root = sqrt(m[j * n + j]);
        for (int i = j; i < n; i++) {
            m[i * n + j] /= root;
        }
    }
    return 1;
}

static double checksum(int n, const double *m)
{
    double sum = 0.0;
    for (int i = 0; i < n * n; i++) {
        sum += m[i] * (1 + i % 5);
    }
    return sum;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        return 2;
    }
    random_state = (uint64_t)atoi(argv[1]);
    int n = atoi(argv[2]), rounds = atoi(argv[3]);
    double *a = matrix(n), *b = matrix(n), *c = matrix(n), *d = matrix(n);
    double *right = malloc(n * sizeof(double)), *x = malloc(n * sizeof(double));
    int *order = malloc(n * sizeof(int));
    if (!right || !x || !order) {
        return 1;
    }
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < n * n; i++) {
            a[i] = random_unit();
            b[i] = random_unit();
        }
        for (int i = 0; i < n; i++) {
            right[i] = random_unit();
            a[i * n + i] += 2.0;
        }
        multiply(n, a, b, c);
        gram(n, a, d);
        printf("product %.17g gram %.17g\n", checksum(n, c), checksum(n, d));
        int exchanges = factor_lu(n, c, order);
        solve_lu(n, c, order, right, x);
        double sum = 0.0;
        for (int i = 0; i < n; i++) {
            sum += x[i];
        }
        printf("lu %d %.17g solution %.17g\n", exchanges, checksum(n, c), sum);
        int positive = factor_cholesky(n, d);
        printf("cholesky %d %.17g\n", positive, checksum(n, d));
    }
    return 0;
}

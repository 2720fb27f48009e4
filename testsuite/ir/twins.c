// f gets the plan; g, which differs from it in one constant only, must not change by it.
extern int use(int);
extern float sink;

#define TWINS(name, constant)                                                                      \
  int name(const int* restrict a, int* restrict b, float* restrict x, int n, int kind) {           \
    int sum = 0;                                                                                   \
    for (int i = 0; i < n; i++) {                                                                  \
      if (a[i] > 3)                                                                                \
        sum += a[i];                                                                               \
      b[i] = a[i] * constant + 1;                                                                  \
    }                                                                                              \
    float total = 0;                                                                               \
    for (int i = 0; i < n; i++)                                                                    \
      total += x[i];                                                                               \
    sink = total;                                                                                  \
    for (int i = 1; i < 20; i++)                                                                   \
      x[i] = x[i - 1] * 0.5f + b[i];                                                               \
    while (n > 1) {                                                                                \
      int left = a[n], right = a[n / 2];                                                           \
      int best = left > right ? left : right;                                                      \
      sum ^= best > kind ? b[best & 63] : a[best & 31];                                            \
      n = best > sum ? n - 1 : n / 2;                                                              \
    }                                                                                              \
    switch (kind) {                                                                                \
    case 0: sum += use(1); break;                                                                  \
    case 1: sum -= use(a[0]); break;                                                               \
    case 2: sum *= use(b[1]) * 10; break;                                                          \
    case 3: sum ^= use(7); break;                                                                  \
    case 4: sum += 11; break;                                                                      \
    case 6: sum = use(sum) + 5; break;                                                             \
    }                                                                                              \
    return kind ? sum : use(sum);                                                                  \
  }

TWINS(f, 3)
TWINS(g, 5)

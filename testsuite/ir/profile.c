// Twins, but for a constant, with branches, a switch, a select and a guess of the author's.
extern int slow(int), fast(int);

#define BODY(x)                                                                                     \
  int s = 0;                                                                                        \
  for (int i = 0; i < n; i++) {                                                                     \
    if (__builtin_expect(a[i] == 7, 1)) {                                                           \
      s += slow(a[i]);                                                                              \
    } else {                                                                                        \
      s += fast(a[i]);                                                                              \
    }                                                                                               \
    switch (a[i] & 7) {                                                                             \
    case 0: case 1: case 2: s ^= slow(s); break;                                                    \
    case 3: s += 5; break;                                                                          \
    case 4: s = fast(s); break;                                                                     \
    default: s--;                                                                                   \
    }                                                                                               \
    s += a[i] > 26 ? x : 3;                                                                        \
  }                                                                                                 \
  return s;

int f(int* a, int n) { BODY(5) }
int g(int* a, int n) { BODY(6) }

// Twins with branches, a switch, a select, guesses of the author's and something that is inlined.
volatile int sink;
extern int slow(int), fast(int);

#define BODY                                                                                        \
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
    s += a[i] > 100 ? s >> 1 : 3;                                                                   \
  }                                                                                                 \
  return s;

int f(int* a, int n) { BODY }
int g(int* a, int n) { BODY }

// f gets the plan; g, which differs from it in one constant only, must not change by it. What is in
// them is there so that every lever has something to act upon.
typedef unsigned long size_t;
void* memcpy(void*, const void*, size_t);
int memcmp(const void*, const void*, size_t);
double log(double);
extern int use(int);
extern float sink;
extern int *one, *two, *total_of;
extern unsigned char *bytes, *more_bytes;
extern double real;
extern struct point { int x, y, z[6]; } points[4];

// Large enough that it depends on the cost whether it is inlined.
static int helper(const int* a, int n) {
  int found = 0;
  for (int i = 0; i < n; i++) {
    if (a[i] > found && (a[i] & 1) == 0)
      found = a[i] ^ (found >> 3);
    else if (a[i] < -100)
      found += a[i] % 7 + use(i);
    else
      found ^= a[i] * 31;
  }
  for (int i = n; i > 1; i /= 3)
    found += a[i] - a[i / 2] + use(found) * (a[i] & 15);
  return found + use(found & a[n & 3]) + a[0] / (1 + (found & 7)) + one[found & 15];
}

#define STATES(constant)                                                                           \
  for (int i = 0, state = 0; i < n; i++) {                                                         \
    switch (state) {                                                                               \
    case 0: state = a[i] == 1 ? 1 : 2; break;                                                      \
    case 1: state = a[i] == 2 ? 2 : 0; sum++; break;                                               \
    case 2: state = a[i] == constant ? 0 : 1; sum += 3; break;                                     \
    }                                                                                              \
  }

#define MEMORY(constant)                                                                           \
  struct point here = points[kind & 3], there = here;                                              \
  there.z[1] += constant;                                                                          \
  points[1] = there;                                                                               \
  memcpy(bytes, more_bytes, 77);                                                                   \
  if (memcmp(bytes, more_bytes, 200) == 0)                                                         \
    sum++;                                                                                         \
  for (int i = 0; i < n; i++)                                                                      \
    b[i + 100] = 0;                                                                                \
  for (int i = 0; i < n; i++)                                                                      \
    bytes[i] ^= more_bytes[i] + constant;                                                          \
  for (int i = 0; i < n; i++)                                                                      \
    one[i] = two[i * kind] + 1;                                                                    \
  for (int i = 0; i < n; i++)                                                                      \
    one[i + 1] = one[i] + two[i];                                                                  \
  for (int i = 0; i < n; i++)                                                                      \
    if (kind > 9)                                                                                  \
      *total_of += a[i];                                                                           \
    else                                                                                           \
      sum -= a[i] * n;                                                                             \
  b[5] = 1;                                                                                        \
  b[5] = sum;                                                                                      \
  int unused = 0;                                                                                  \
  for (int i = 0; i < n; i++)                                                                      \
    unused += a[i];                                                                                \
  if (n > 3)                                                                                       \
    sum += *one;                                                                                   \
  sum += *one * 3;

#define VALUES(constant)                                                                           \
  x[100] = x[200] * 2 + x[300];                                                                    \
  x[101] = x[201] * 2 + x[301];                                                                    \
  x[102] = x[202] * 2 + x[302];                                                                    \
  x[103] = x[203] * 2 + x[303];                                                                    \
  for (int i = 0; i < 4; i++)                                                                      \
    for (int j = 0; j < 4; j++)                                                                    \
      b[40 + i * 4 + j] += a[i] * a[4 + j];                                                        \
  (void)log(real);                                                                                 \
  sum += n / (kind | 1) + n % (kind | 1);                                                          \
  sum += (int)((float)(char)a[3] + 2.0f);                                                          \
  unsigned turn = (unsigned)n & 31, bits = (unsigned)sum;                                          \
  sum ^= (int)(turn == 0 ? bits : bits << turn | bits >> (32 - turn));                             \
  if (n > kind && kind > 5 && a[9] > n)                                                            \
    sum += a[9] > 5 ? 1 : use(9);                                                                  \
  if ((a[1] & 64) != 0 && a[2] > 7)                                                                \
    sum += use(3);                                                                                 \
  if (a[7] > 0) {                                                                                  \
    b[70] = sum + use(1);                                                                          \
    b[71] = constant;                                                                              \
  } else {                                                                                         \
    b[70] = sum + use(2);                                                                          \
    b[71] = constant;                                                                              \
  }                                                                                                \
  long large = (long)sum * 0x123456789abcdefl + (0x123456789abcdefl ^ n);                          \
  sum += (int)(large / (n | 1)) + helper(a, n) + helper(b, kind);

#define LOOPS(constant)                                                                            \
  for (int i = 0; i < n; i++) {                                                                    \
    if (a[i] > 3)                                                                                  \
      sum += a[i];                                                                                 \
    b[i] = a[i] * constant + 1;                                                                    \
  }                                                                                                \
  float total = 0;                                                                                 \
  for (int i = 0; i < n; i++)                                                                      \
    total += x[i];                                                                                 \
  sink = total;                                                                                    \
  if (sum == 0)                                                                                    \
    return 0;                                                                                      \
  for (int i = 1; i < 20; i++)                                                                     \
    x[i] = x[i - 1] * 0.5f + b[i];

#define BRANCHES(constant)                                                                         \
  while (n > 1) {                                                                                  \
    int left = a[n], right = a[n / 2];                                                             \
    int best = left > right ? left : right;                                                        \
    sum ^= best > kind ? b[best & 63] : a[best & 31];                                              \
    n = best > sum ? n - 1 : n / 2;                                                                \
  }                                                                                                \
  switch (kind) {                                                                                  \
  case 0: sum += use(1); break;                                                                    \
  case 1: sum -= use(a[0]); break;                                                                 \
  case 2: sum *= use(b[1]) * 10; break;                                                            \
  case 3: sum ^= use(7); break;                                                                    \
  case 4: sum += 11; break;                                                                        \
  case 6: sum = use(sum) + constant; break;                                                        \
  }

// A function of one of these alone, which compiles in a fraction of the time.
#define PART(name, constant, part)                                                                 \
  int name(const int* restrict a, int* restrict b, float* restrict x, int n, int kind) {           \
    int sum = 0;                                                                                   \
    part(constant)                                                                                 \
    return kind ? sum : use(sum);                                                                  \
  }
#define ALL(constant)                                                                              \
  LOOPS(constant) STATES(constant) MEMORY(constant) VALUES(constant) BRANCHES(constant)
#define TWINS(name, constant) PART(name, constant, ALL)

TWINS(f, 3)
TWINS(g, 5)

// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Number theory: segmented sieve of odd numbers, smallest-factor table,
// modular powers and a primality test, longest Collatz chains, greatest common
// divisors. Arguments: FROM-MILLION SEGMENTS TESTS COLLATZ
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { segment = 1 << 16, small_limit = 1 << 15, table_size = 1 << 17 };

static int small_primes(uint32_t *primes)
{
    static uint8_t composite[small_limit];
    int count = 0;
    for (uint32_t i = 2; i < small_limit; i++) {
        if (!composite[i]) {
            primes[count++] = i;
            for (uint32_t j = i * i; i < 256 && j < small_limit; j += i) {
                composite[j] = 1;
            }
        }
    }
    return count;
}

struct found {
    uint64_t count, sum, twins, last, widest;
};

// Entry i of a segment stands for the odd number from + 2 * i.
static void sieve_segment(uint64_t from, const uint32_t *primes, int count, struct found *found)
{
    static uint8_t composite[segment];
    for (int i = 0; i < segment; i++) {
        composite[i] = 0;
    }
    for (int k = 1; k < count; k++) {
        uint64_t p = primes[k], first = p * p;
        if (first >= from + 2 * segment) {
            break;
        }
        if (first < from) {
            first = (from + p - 1) / p * p;
            first += (first & 1) == 0 ? p : 0;
        }
        for (uint64_t i = (first - from) / 2; i < segment; i += p) {
            composite[i] = 1;
        }
    }
    for (int i = 0; i < segment; i++) {
        if (!composite[i]) {
            uint64_t prime = from + 2 * (uint64_t)i, gap = prime - found->last;
            found->count++;
            found->sum += prime;
            found->twins += gap == 2;
            if (found->last != 0 && gap > found->widest) {
                found->widest = gap;
            }
            found->last = prime;
        }
    }
}

static uint64_t divisor_counts(void)
{
    static uint32_t factor[table_size];
    uint64_t sum = 0;
    for (uint32_t i = 2; i < table_size; i++) {
        if (factor[i] == 0) {
            for (uint32_t j = i; j < table_size; j += i) {
                if (factor[j] == 0) {
                    factor[j] = i;
                }
            }
        }
    }
    for (uint32_t i = 2; i < table_size; i++) {
        uint32_t rest = i, divisors = 1;
        while (rest > 1) {
            uint32_t p = factor[rest], power = 1;
            while (rest % p == 0) {
                rest /= p;
                power++;
            }
            divisors *= power;
        }
        sum += divisors;
    }
    return sum;
}

static uint64_t power(uint64_t base, uint64_t exponent, uint64_t modulus)
{
    uint64_t result = 1;
    base %= modulus;
    while (exponent > 0) {
        if (exponent & 1) {
            result = result * base % modulus;
        }
        base = base * base % modulus;
        exponent >>= 1;
    }
    return result;
}

static int is_prime(uint32_t n)
{
    static const uint32_t witnesses[] = {2, 7, 61};
    if (n < 2 || n % 2 == 0) {
        return n == 2;
    }
    uint32_t odd = n - 1, twos = 0;
    while (odd % 2 == 0) {
        odd /= 2;
        twos++;
    }
    for (int i = 0; i < 3; i++) {
        uint64_t x = power(witnesses[i], odd, n);
        if (witnesses[i] % n == 0 || x == 1 || x == n - 1) {
            continue;
        }
        uint32_t left = twos;
        while (--left > 0 && x != n - 1) {
            x = x * x % n;
        }
        if (x != n - 1) {
            return 0;
        }
    }
    return 1;
}

static uint32_t chain_length(uint64_t n)
{
    uint32_t length = 1;
    while (n != 1) {
        n = n & 1 ? 3 * n + 1 : n / 2;
        length++;
    }
    return length;
}

static uint32_t common_divisor(uint32_t a, uint32_t b)
{
    while (b != 0) {
        uint32_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

int main(int argc, char **argv)
{
    static uint32_t primes[4096];
    if (argc != 5) {
        return 2;
    }
    uint64_t from = (uint64_t)atoi(argv[1]) * 1000000 + 1;
    int count = small_primes(primes), tests = atoi(argv[3]), collatz = atoi(argv[4]);
    struct found found = {0};
    for (int i = 0; i < atoi(argv[2]); i++) {
        sieve_segment(from + (uint64_t)i * 2 * segment, primes, count, &found);
    }
    printf("primes %llu %llu twins %llu widest %llu\n", (unsigned long long)found.count, (unsigned long long)found.sum,
           (unsigned long long)found.twins, (unsigned long long)found.widest);
    printf("divisors %llu\n", (unsigned long long)divisor_counts());
    uint32_t n = (uint32_t)from, probable = 0, coprime = 0;
    for (int i = 0; i < tests; i++) {
        uint32_t before = n;
        n = n * 1664525u + 1013904223u;
        probable += is_prime(n | 1);
        coprime += common_divisor(before | 1, n | 1) == 1;
    }
    printf("tests %u %u\n", probable, coprime);
    uint32_t longest = 0;
    uint64_t total = 0, at = 0;
    for (int i = 1; i <= collatz; i++) {
        uint32_t length = chain_length(from + (uint64_t)i);
        total += length;
        if (length > longest) {
            longest = length;
            at = from + (uint64_t)i;
        }
    }
    printf("chains %u %llu %llu\n", longest, (unsigned long long)at, (unsigned long long)total);
    return 0;
}

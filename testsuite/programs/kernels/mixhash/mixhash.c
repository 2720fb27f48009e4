// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Hashing: a four-lane and a one-lane multiply-and-mix digest of buffers, a
// table-driven checksum, and an open-addressing table of short keys.
// Arguments: SEED KEYS LONGEST-KEY ROUNDS
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { table_bits = 14, table_size = 1 << table_bits };

struct slot {
    uint64_t hash;
    uint32_t start, length, hits;
};

static uint64_t random_state;

static uint64_t random_bits(void)
{
    random_state += 0x9e3779b97f4a7c15ull;
    uint64_t x = random_state;
    x = (x ^ (x >> 29)) * 0xd6e8feb86659fd93ull;
    return x ^ (x >> 32);
}

static uint64_t load64(const uint8_t *p)
{
    uint64_t value = 0;
    for (int i = 7; i >= 0; i--) {
        value = value << 8 | p[i];
    }
    return value;
}

static inline uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

static uint64_t finish(uint64_t h)
{
    h ^= h >> 31;
    h *= 0xc2d7a3f1b9e5074bull;
    h ^= h >> 29;
    return h;
}

static uint64_t hash_short(const uint8_t *p, size_t length)
{
    uint64_t h = length * 0x8f3b6d0c952ae147ull;
    while (length >= 8) {
        h = rotate(h ^ (load64(p) * 0x9ddfea08eb382d69ull), 27) * 5 + 0x52dce729;
        p += 8;
        length -= 8;
    }
    while (length-- > 0) {
        h = (h ^ *p++) * 0x100000001b3ull;
    }
    return finish(h);
}

static uint64_t hash_long(const uint8_t *p, size_t length)
{
    uint64_t lane[4] = {1, 2, 3, 4};
    for (; length >= 32; p += 32, length -= 32) {
        for (int i = 0; i < 4; i++) {
            lane[i] = rotate(lane[i] + load64(p + 8 * i) * 0x9fb21c651e98df25ull, 31) * 0xa3b195354a39b70dull;
        }
    }
    uint64_t h = rotate(lane[0], 1) + rotate(lane[1], 7) + rotate(lane[2], 12) + rotate(lane[3], 18);
    return finish(h ^ hash_short(p, length));
}

static uint32_t sums[256];

static void make_sums(void)
{
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t value = i;
        for (int bit = 0; bit < 8; bit++) {
            value = value & 1 ? value >> 1 ^ 0xa833982bu : value >> 1;
        }
        sums[i] = value;
    }
}

static uint32_t checksum(const uint8_t *p, size_t length)
{
    uint32_t value = ~0u;
    for (size_t i = 0; i < length; i++) {
        value = value >> 8 ^ sums[(value ^ p[i]) & 255];
    }
    return ~value;
}

static int equal(const uint8_t *a, const uint8_t *b, uint32_t length)
{
    for (uint32_t i = 0; i < length; i++) {
        if (a[i] != b[i]) {
            return 0;
        }
    }
    return 1;
}

static struct slot *find(struct slot *table, const uint8_t *data, uint32_t start, uint32_t length)
{
    uint64_t hash = hash_short(data + start, length);
    uint32_t i = (uint32_t)(hash >> (64 - table_bits));
    while (table[i].length != 0) {
        if (table[i].hash == hash && table[i].length == length && equal(data + table[i].start, data + start, length)) {
            return &table[i];
        }
        i = (i + 1) & (table_size - 1);
    }
    table[i] = (struct slot){hash, start, length, 0};
    return &table[i];
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        return 2;
    }
    random_state = (uint64_t)atoi(argv[1]);
    uint32_t keys = (uint32_t)atoi(argv[2]), longest = (uint32_t)atoi(argv[3]), used = 0;
    int rounds = atoi(argv[4]);
    uint8_t *data = malloc((size_t)keys * longest);
    uint32_t *starts = malloc((keys + 1) * sizeof(uint32_t));
    struct slot *table = calloc(table_size, sizeof(struct slot));
    if (!data || !starts || !table) {
        return 1;
    }
    for (uint32_t i = 0; i < keys; i++) {
        starts[i] = used;
        uint64_t bits = random_bits();
        uint32_t length = 1 + (uint32_t)(bits % longest), from = (uint32_t)((bits >> 32) % (i + (i == 0)));
        // Half of the keys have been seen before.
        int again = i > 0 && (bits >> 20 & 1);
        for (uint32_t j = 0, old = starts[from]; j < (again ? starts[from + 1] - starts[from] : length); j++) {
            data[used++] = again ? data[old + j] : (uint8_t)(97 + random_bits() % 26);
        }
        starts[i + 1] = used;
    }
    make_sums();
    for (int round = 0; round < rounds; round++) {
        for (uint32_t i = 0; i < keys; i++) {
            find(table, data, starts[i], starts[i + 1] - starts[i])->hits++;
        }
        uint64_t digest = hash_long(data, used);
        data[digest % used] ^= 1;
        if (round % 16 == 0) {
            printf("%d %016llx %08x\n", round, (unsigned long long)digest, checksum(data, used));
        }
        if (round % 8 == 0) {
            for (uint32_t i = 0; i < table_size; i++) {
                table[i].length = 0;
            }
        }
    }
    uint64_t mix = 0, distinct = 0;
    for (uint32_t i = 0; i < table_size; i++) {
        mix = mix * 3 + table[i].hits;
        distinct += table[i].length != 0;
    }
    printf("%llu %llu\n", (unsigned long long)distinct, (unsigned long long)mix);
    return 0;
}

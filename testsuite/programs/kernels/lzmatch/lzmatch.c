// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A small LZ77 coder: hash chains, lazy matching, byte-aligned output, its
// decoder, and an order-0 estimate of the size in bits.
// Arguments: SEED KIND(0 text, 1 records) KILOBYTES CHAIN ROUNDS
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { hash_bits = 13, window = 32768, shortest = 4, longest = 258 };

struct finder {
    int32_t head[1 << hash_bits], previous[window];
    const uint8_t *data;
    int size, chain;
};

struct match {
    int length, distance;
};

static uint32_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 1103515245u + 12345u;
    return (random_state >> 12) % n;
}

static void make_data(uint8_t *data, int size, int kind)
{
    int at = 0;
    uint32_t serial = 100, value = 700;
    while (at < size) {
        if (kind == 1) {
            serial += 1 + random_below(2);
            value += random_below(9) - 4;
            uint8_t row[12] = {(uint8_t)serial, (uint8_t)(serial >> 8), 0, 0, (uint8_t)value, (uint8_t)(value >> 8),
                               (uint8_t)random_below(4), 17, 0, (uint8_t)(random_below(16) * 16), 255, 255};
            for (int i = 0; i < 12 && at < size; i++) {
                data[at++] = row[i];
            }
            continue;
        }
        // Words from a small vocabulary: letters follow from the word's number.
        uint32_t word = random_below(40) * random_below(30), length = 2 + word % 7;
        for (uint32_t i = 0; i < length && at < size; i++) {
            word = word * 7919 + 13;
            data[at++] = (uint8_t)('a' + (word >> 5) % 23);
        }
        if (at < size) {
            data[at++] = random_below(11) == 0 ? '\n' : ' ';
        }
    }
}

static uint32_t hash_at(const uint8_t *p)
{
    uint32_t four = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    return four * 2654435761u >> (32 - hash_bits);
}

static void insert(struct finder *f, int at)
{
    if (at + shortest <= f->size) {
        int32_t *head = &f->head[hash_at(f->data + at)];
        f->previous[at & (window - 1)] = *head;
        *head = at;
    }
}

static int common_length(const uint8_t *a, const uint8_t *b, int most)
{
    int length = 0;
    while (length < most && a[length] == b[length]) {
        length++;
    }
    return length;
}

static struct match find(const struct finder *f, int at)
{
    struct match best = {shortest - 1, 0};
    int most = f->size - at < longest ? f->size - at : longest;
    if (most < shortest) {
        return best;
    }
    const uint8_t *here = f->data + at;
    int candidate = f->head[hash_at(here)];
    for (int left = f->chain; left > 0 && candidate >= 0 && at - candidate < window; left--) {
        const uint8_t *there = f->data + candidate;
        // A longer match must agree where the best one so far ends.
        if (there[best.length] == here[best.length] && there[0] == here[0]) {
            int length = common_length(here, there, most);
            if (length > best.length) {
                best = (struct match){length, at - candidate};
                if (length == most) {
                    break;
                }
            }
        }
        candidate = f->previous[candidate & (window - 1)];
    }
    return best;
}

// Output: a count of literals, the literals, then length and distance.
static uint8_t *put_literals(uint8_t *out, const uint8_t *from, int count)
{
    while (count > 0) {
        int part = count < 128 ? count : 127;
        *out++ = (uint8_t)part;
        for (int i = 0; i < part; i++) {
            *out++ = *from++;
        }
        count -= part;
    }
    return out;
}

static int encode(struct finder *f, uint8_t *out)
{
    uint8_t *start = out;
    int at = 0, literals = 0;
    for (int i = 0; i < 1 << hash_bits; i++) {
        f->head[i] = -1;
    }
    while (at < f->size) {
        struct match match = find(f, at);
        insert(f, at);
        if (match.distance > 0 && match.length < 32 && at + 1 < f->size) {
            struct match next = find(f, at + 1);
            if (next.length > match.length) {
                match.distance = 0;
            }
        }
        if (match.distance == 0) {
            at++;
            literals++;
            continue;
        }
        out = put_literals(out, f->data + at - literals, literals);
        literals = 0;
        *out++ = (uint8_t)(128 | (match.length - shortest) >> 1);
        *out++ = (uint8_t)((match.length - shortest) << 7 | match.distance >> 8);
        *out++ = (uint8_t)match.distance;
        for (int i = 1; i < match.length; i++) {
            insert(f, at + i);
        }
        at += match.length;
    }
    return (int)(put_literals(out, f->data + at - literals, literals) - start);
}

static int decode(const uint8_t *in, int size, uint8_t *out)
{
    const uint8_t *end = in + size;
    uint8_t *start = out;
    while (in < end) {
        int count = *in++;
        if (count < 128) {
            while (count-- > 0) {
                *out++ = *in++;
            }
            continue;
        }
        int length = ((count & 127) << 1 | in[0] >> 7) + shortest;
        int distance = (in[0] & 127) << 8 | in[1];
        in += 2;
        for (int i = 0; i < length; i++) {
            out[i] = out[i - distance];
        }
        out += length;
    }
    return (int)(out - start);
}

static uint64_t estimate_bits(const uint8_t *data, int size)
{
    uint32_t counts[256] = {0};
    uint64_t bits = 0;
    for (int i = 0; i < size; i++) {
        counts[data[i]]++;
    }
    for (int i = 0; i < size; i++) {
        uint32_t ratio = (uint32_t)size / counts[data[i]];
        while (ratio > 0) {
            bits++;
            ratio >>= 1;
        }
    }
    return bits;
}

int main(int argc, char **argv)
{
    static struct finder f;
    if (argc != 6) {
        return 2;
    }
    random_state = (uint32_t)atoi(argv[1]);
    f.size = atoi(argv[3]) * 1024;
    f.chain = atoi(argv[4]);
    uint8_t *data = malloc(f.size), *packed = malloc(f.size * 2), *unpacked = malloc(f.size + longest);
    if (!data || !packed || !unpacked) {
        return 1;
    }
    f.data = data;
    make_data(data, f.size, atoi(argv[2]));
    for (int round = atoi(argv[5]); round > 0; round--) {
        int size = encode(&f, packed);
        int same = decode(packed, size, unpacked) == f.size && common_length(data, unpacked, f.size) == f.size;
        uint64_t hash = 0;
        for (int i = 0; i < size; i++) {
            hash = hash * 31 + packed[i];
        }
        printf("%d %d %llu %016llx\n", size, same, (unsigned long long)estimate_bits(packed, size), (unsigned long long)hash);
        data[random_below(f.size)] ^= 1;
    }
    return 0;
}

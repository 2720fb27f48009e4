// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// A picture coder's inner part in integers: 8x8 cosine transform, quantiser,
// zigzag run lengths, a bit writer, the way back, and motion search.
// Arguments: SEED WIDTH HEIGHT QUALITY FRAMES
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { scenes = 12 };

static int32_t cosine[8][8];
static uint8_t zigzag[64];
static int32_t quantiser[64];
static uint32_t random_state;

struct bits {
    uint64_t pending, hash, total;
    int count;
};

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 22695477u + 1u;
    return (random_state >> 10) % n;
}

static void make_tables(int quality)
{
    for (int k = 0; k < 8; k++) {
        for (int x = 0; x < 8; x++) {
            double scale = k == 0 ? sqrt(0.125) : 0.5;
            cosine[k][x] = (int32_t)floor(scale * cos((2 * x + 1) * k * 3.14159265358979 / 16) * 4096 + 0.5);
        }
    }
    int x = 0, y = 0, up = 1;
    for (int i = 0; i < 64; i++) {
        zigzag[i] = (uint8_t)(y * 8 + x);
        quantiser[i] = 4 + (x + y) * quality / 4 + x * y / 2;
        if (up ? x == 7 : y == 7) {
            *(up ? &y : &x) += 1;
            up = !up;
        } else if (up ? y == 0 : x == 0) {
            *(up ? &x : &y) += 1;
            up = !up;
        } else {
            x += up ? 1 : -1;
            y += up ? -1 : 1;
        }
    }
}

static void forward(const int32_t in[64], int32_t out[64])
{
    int32_t rows[64];
    for (int y = 0; y < 8; y++) {
        for (int k = 0; k < 8; k++) {
            int32_t sum = 0;
            for (int x = 0; x < 8; x++) {
                sum += in[y * 8 + x] * cosine[k][x];
            }
            rows[y * 8 + k] = (sum + 256) >> 9;
        }
    }
    for (int k = 0; k < 8; k++) {
        for (int j = 0; j < 8; j++) {
            int32_t sum = 0;
            for (int y = 0; y < 8; y++) {
                sum += rows[y * 8 + k] * cosine[j][y];
            }
            out[j * 8 + k] = (sum + 16384) >> 15;
        }
    }
}

static void backward(const int32_t in[64], int32_t out[64])
{
    int32_t rows[64];
    for (int j = 0; j < 8; j++) {
        for (int x = 0; x < 8; x++) {
            int32_t sum = 0;
            for (int k = 0; k < 8; k++) {
                sum += in[j * 8 + k] * cosine[k][x];
            }
            rows[j * 8 + x] = (sum + 256) >> 9;
        }
    }
    for (int x = 0; x < 8; x++) {
        for (int y = 0; y < 8; y++) {
            int32_t sum = 0;
            for (int j = 0; j < 8; j++) {
                sum += rows[j * 8 + x] * cosine[j][y];
            }
            out[y * 8 + x] = (sum + 16384) >> 15;
        }
    }
}

static int quantise(int32_t block[64])
{
    int last = -1;
    for (int i = 0; i < 64; i++) {
        int at = zigzag[i], value = block[at], step = quantiser[i];
        int level = value < 0 ? -((-value + step / 2) / step) : (value + step / 2) / step;
        block[at] = level;
        if (level != 0) {
            last = i;
        }
    }
    return last;
}

static void put(struct bits *b, uint32_t value, int count)
{
    b->pending = b->pending << count | value;
    b->count += count;
    b->total += (uint64_t)count;
    while (b->count >= 8) {
        b->count -= 8;
        b->hash = (b->hash ^ (b->pending >> b->count & 255)) * 1099511628211ull;
    }
}

static void write_block(struct bits *b, const int32_t block[64], int last)
{
    int run = 0;
    for (int i = 0; i <= last; i++) {
        int level = block[zigzag[i]];
        if (level == 0) {
            run++;
            continue;
        }
        uint32_t size = (uint32_t)abs(level), length = 0;
        while (size >> length != 0) {
            length++;
        }
        for (; run > 14; run -= 15) {
            put(b, 15, 4);
        }
        put(b, (uint32_t)run, 4);
        put(b, length, 4);
        put(b, size << 1 | (level < 0), (int)length + 1);
        run = 0;
    }
    put(b, 0, 8);
}

static int difference(const uint8_t *a, const uint8_t *b, int stride, int best)
{
    int sum = 0;
    for (int y = 0; y < 8; y++) {
        for (int x = 0; x < 8; x++) {
            sum += abs(a[y * stride + x] - b[y * stride + x]);
        }
        if (sum >= best) {
            break;
        }
    }
    return sum;
}

static int search(const uint8_t *now, const uint8_t *before, int w, int h, int x, int y, int reach)
{
    int best = difference(now + y * w + x, before + y * w + x, w, 1 << 30), place = y * w + x;
    for (int j = y - reach; j <= y + reach; j++) {
        for (int i = x - reach; i <= x + reach; i++) {
            if (i < 0 || j < 0 || i + 8 > w || j + 8 > h) {
                continue;
            }
            int sum = difference(now + y * w + x, before + j * w + i, w, best);
            if (sum < best) {
                best = sum;
                place = j * w + i;
            }
        }
    }
    return place;
}

static void make_frame(uint8_t *frame, int w, int h, int time)
{
    for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
            int u = x + time * 2, v = y + time;
            frame[y * w + x] = (uint8_t)(96 + (u * 3 & 63) / 2 + ((u / 24 ^ v / 18) & 1) * 60 + random_below(6));
        }
    }
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        return 2;
    }
    random_state = (uint32_t)atoi(argv[1]);
    int w = atoi(argv[2]) / 8 * 8, h = atoi(argv[3]) / 8 * 8;
    uint8_t *frames[scenes];
    for (int i = 0; i < scenes; i++) {
        frames[i] = malloc((size_t)w * h);
        if (!frames[i]) {
            return 1;
        }
        make_frame(frames[i], w, h, i);
    }
    make_tables(atoi(argv[4]));
    for (int frame = 0; frame < atoi(argv[5]); frame++) {
        struct bits bits = {0, 14695981039346656037ull, 0, 0};
        uint64_t error = 0, moved = 0;
        // Forwards and backwards through the scene, so that motion goes on.
        const uint8_t *before = frames[abs(frame % (2 * scenes - 2) - (scenes - 1))];
        const uint8_t *now = frames[abs((frame + 1) % (2 * scenes - 2) - (scenes - 1))];
        for (int y = 0; y < h; y += 8) {
            for (int x = 0; x < w; x += 8) {
                int32_t block[64], work[64];
                int place = search(now, before, w, h, x, y, 3);
                moved += place != y * w + x;
                for (int i = 0; i < 64; i++) {
                    int offset = i / 8 * w + i % 8;
                    block[i] = now[y * w + x + offset] - before[place + offset];
                }
                forward(block, work);
                int last = quantise(work);
                write_block(&bits, work, last);
                for (int i = 0; i <= last; i++) {
                    work[zigzag[i]] *= quantiser[i];
                }
                backward(work, block);
                for (int i = 0; i < 64; i++) {
                    int offset = i / 8 * w + i % 8;
                    int value = before[place + offset] + block[i], wanted = now[y * w + x + offset];
                    value = value < 0 ? 0 : value > 255 ? 255 : value;
                    error += (uint64_t)((value - wanted) * (value - wanted));
                }
            }
        }
        printf("%d %llu %016llx %llu %llu\n", frame, (unsigned long long)bits.total, (unsigned long long)bits.hash,
               (unsigned long long)error, (unsigned long long)moved);
    }
    return 0;
}

// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Grey image filters: sliding box blur, 5x5 convolution, median of nine,
// gradient magnitude, histogram equalisation, half-size. Bytes in and out.
// Arguments: SEED WIDTH HEIGHT ROUNDS
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

typedef uint8_t pixel;

static uint32_t random_state;

static uint32_t random_bits(void)
{
    random_state = random_state * 1103515245u + 12345u;
    return random_state >> 11;
}

// Soft gradients, rectangles with hard edges and some noise.
static void make_image(pixel *image, int w, int h)
{
    for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
            image[y * w + x] = (pixel)((x * 120 / w + y * 90 / h) + (random_bits() & 7));
        }
    }
    for (int i = 0; i < 40; i++) {
        int left = random_bits() % w, top = random_bits() % h, grey = random_bits() & 127;
        int right = left + random_bits() % (w / 4), bottom = top + random_bits() % (h / 4);
        for (int y = top; y < bottom && y < h; y++) {
            for (int x = left; x < right && x < w; x++) {
                image[y * w + x] = (pixel)((image[y * w + x] + grey * 2) / 2);
            }
        }
    }
    for (int i = 0; i < w * h / 50; i++) {
        image[random_bits() % (w * h)] = random_bits() & 1 ? 255 : 0;
    }
}

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

static void box_rows(const pixel *in, pixel *out, int w, int h, int radius)
{
    for (int y = 0; y < h; y++) {
        const pixel *row = in + y * w;
        int sum = 0, size = 2 * radius + 1;
        for (int x = -radius; x <= radius; x++) {
            sum += row[clamp(x, 0, w - 1)];
        }
        for (int x = 0; x < w; x++) {
            out[y * w + x] = (pixel)((sum + size / 2) / size);
            sum += row[clamp(x + radius + 1, 0, w - 1)] - row[clamp(x - radius, 0, w - 1)];
        }
    }
}

static void transpose(const pixel *in, pixel *out, int w, int h)
{
    for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
            out[x * h + y] = in[y * w + x];
        }
    }
}

static void convolve(const pixel *in, pixel *out, int w, int h, const int weights[5][5], int shift)
{
    for (int y = 2; y < h - 2; y++) {
        for (int x = 2; x < w - 2; x++) {
            int sum = 0;
            for (int j = -2; j <= 2; j++) {
                for (int i = -2; i <= 2; i++) {
                    sum += in[(y + j) * w + x + i] * weights[j + 2][i + 2];
                }
            }
            out[y * w + x] = (pixel)clamp(sum >> shift, 0, 255);
        }
    }
}

static void median(const pixel *in, pixel *out, int w, int h)
{
    for (int y = 1; y < h - 1; y++) {
        for (int x = 1; x < w - 1; x++) {
            pixel near[9];
            int count = 0;
            for (int j = -1; j <= 1; j++) {
                for (int i = -1; i <= 1; i++) {
                    pixel value = in[(y + j) * w + x + i];
                    int at = count++;
                    while (at > 0 && near[at - 1] > value) {
                        near[at] = near[at - 1];
                        at--;
                    }
                    near[at] = value;
                }
            }
            out[y * w + x] = near[4];
        }
    }
}

static void gradient(const pixel *in, pixel *out, int w, int h)
{
    for (int y = 1; y < h - 1; y++) {
        const pixel *a = in + (y - 1) * w, *b = in + y * w, *c = in + (y + 1) * w;
        for (int x = 1; x < w - 1; x++) {
            int gx = a[x + 1] + 2 * b[x + 1] + c[x + 1] - a[x - 1] - 2 * b[x - 1] - c[x - 1];
            int gy = c[x - 1] + 2 * c[x] + c[x + 1] - a[x - 1] - 2 * a[x] - a[x + 1];
            int size = abs(gx) + abs(gy);
            out[y * w + x] = size > 255 ? 255 : (pixel)size;
        }
    }
}

static void equalise(pixel *image, int size)
{
    int counts[256] = {0}, sum = 0;
    pixel map[256];
    for (int i = 0; i < size; i++) {
        counts[image[i]]++;
    }
    for (int i = 0; i < 256; i++) {
        sum += counts[i];
        map[i] = (pixel)((int64_t)sum * 255 / size);
    }
    for (int i = 0; i < size; i++) {
        image[i] = map[image[i]];
    }
}

static void halve(const pixel *in, pixel *out, int w, int h)
{
    for (int y = 0; y + 1 < h; y += 2) {
        for (int x = 0; x + 1 < w; x += 2) {
            const pixel *p = in + y * w + x;
            out[(y / 2) * (w / 2) + x / 2] = (pixel)((p[0] + p[1] + p[w] + p[w + 1] + 2) / 4);
        }
    }
}

static uint64_t digest(const pixel *image, int size)
{
    uint64_t a = 1, b = 0;
    for (int i = 0; i < size; i++) {
        a += image[i];
        b += a;
    }
    return b << 20 ^ a;
}

int main(int argc, char **argv)
{
    static const int sharpen[5][5] = {
        {0, -1, -1, -1, 0}, {-1, -2, 1, -2, -1}, {-1, 1, 32, 1, -1}, {-1, -2, 1, -2, -1}, {0, -1, -1, -1, 0}};
    if (argc != 5) {
        return 2;
    }
    random_state = (uint32_t)atoi(argv[1]);
    int w = atoi(argv[2]), h = atoi(argv[3]), size = w * h;
    pixel *image = malloc(size), *a = calloc(size, 1), *b = calloc(size, 1);
    if (!image || !a || !b) {
        return 1;
    }
    make_image(image, w, h);
    for (int round = 0; round < atoi(argv[4]); round++) {
        uint64_t sums[5];
        median(image, a, w, h);
        sums[0] = digest(a, size);
        convolve(a, b, w, h, sharpen, 4);
        sums[1] = digest(b, size);
        gradient(b, a, w, h);
        equalise(a, size);
        sums[2] = digest(a, size);
        box_rows(image, a, w, h, 2 + round % 4);
        transpose(a, b, w, h);
        box_rows(b, a, h, w, 2 + round % 4);
        transpose(a, b, h, w);
        sums[3] = digest(b, size);
        halve(b, a, w, h);
        sums[4] = digest(a, size / 4);
        // The next round starts from a mixture, so that it sees other values.
        for (int i = 0; i < size; i++) {
            image[i] = (pixel)((image[i] * 7 + b[(i * 5) % size]) / 8 ^ (i % 97 == 0 ? 128 : 0));
        }
        for (int i = 0; i < 5; i++) {
            printf("%llu%c", (unsigned long long)sums[i], i < 4 ? ' ' : '\n');
        }
    }
    return 0;
}

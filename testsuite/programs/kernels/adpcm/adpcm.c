// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sound in fixed point: synthesis, four-bit adaptive difference coder and
// decoder, recursive and finite filters, automatic gain, level statistics.
// Arguments: SEED SAMPLES NOISE ROUNDS
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { steps = 88, taps = 24 };

struct coder {
    int predicted, index;
};

static int step_sizes[steps];
static const int index_change[8] = {-1, -1, -1, -1, 2, 4, 6, 8};
static uint32_t random_state;

static int random_between(int low, int high)
{
    random_state = random_state * 69069u + 5u;
    return low + (int)((random_state >> 8) % (uint32_t)(high - low + 1));
}

static int clamp(int value, int low, int high)
{
    if (value < low) {
        return low;
    }
    if (value > high) {
        return high;
    }
    return value;
}

static void make_steps(void)
{
    int size = 7 * 256;
    for (int i = 0; i < steps; i++) {
        step_sizes[i] = size / 256;
        size += size / 10;
    }
}

// Three triangle voices that change their pitch, and noise.
static void synthesise(int16_t *out, int count, int noise)
{
    uint32_t phase[3] = {0}, speed[3] = {0};
    for (int i = 0; i < count; i++) {
        int sum = noise > 0 ? random_between(-noise, noise) : 0;
        for (int v = 0; v < 3; v++) {
            if (i % (1500 + 700 * v) == 0) {
                speed[v] = (uint32_t)random_between(1 << 21, 1 << 26);
            }
            phase[v] += speed[v];
            int saw = (int)(phase[v] >> 16);
            sum += (saw < 32768 ? saw - 16384 : 49151 - saw) >> (v + 1);
        }
        out[i] = (int16_t)clamp(sum, -32768, 32767);
    }
}

static int decode_one(struct coder *c, int code)
{
    int step = step_sizes[c->index], change = step >> 3;
    if (code & 4) {
        change += step;
    }
    if (code & 2) {
        change += step >> 1;
    }
    if (code & 1) {
        change += step >> 2;
    }
    c->predicted = clamp(code & 8 ? c->predicted - change : c->predicted + change, -32768, 32767);
    c->index = clamp(c->index + index_change[code & 7], 0, steps - 1);
    return c->predicted;
}

static void encode(const int16_t *in, uint8_t *out, int count)
{
    struct coder c = {0, 0};
    for (int i = 0; i < count; i++) {
        int difference = in[i] - c.predicted, step = step_sizes[c.index], code = 0;
        if (difference < 0) {
            code = 8;
            difference = -difference;
        }
        for (int bit = 4; bit > 0; bit >>= 1) {
            if (difference >= step) {
                code |= bit;
                difference -= step;
            }
            step >>= 1;
        }
        decode_one(&c, code);
        if (i & 1) {
            out[i / 2] = (uint8_t)(out[i / 2] | code << 4);
        } else {
            out[i / 2] = (uint8_t)code;
        }
    }
}

static void decode(const uint8_t *in, int16_t *out, int count)
{
    struct coder c = {0, 0};
    for (int i = 0; i < count; i++) {
        out[i] = (int16_t)decode_one(&c, i & 1 ? in[i / 2] >> 4 : in[i / 2] & 15);
    }
}

static void filter(const int16_t *in, int16_t *out, int count, const int16_t *weights)
{
    for (int i = 0; i < count; i++) {
        int32_t sum = 1 << 14;
        int from = i < taps - 1 ? i : taps - 1;
        for (int k = 0; k <= from; k++) {
            sum += in[i - k] * weights[k];
        }
        out[i] = (int16_t)clamp(sum >> 15, -32768, 32767);
    }
}

static void resonate(int16_t *samples, int count)
{
    int32_t a = 0, b = 0;
    for (int i = 0; i < count; i++) {
        int32_t y = samples[i] + ((a * 48) >> 6) - ((b * 40) >> 6);
        b = a;
        a = clamp(y, -65536, 65535);
        samples[i] = (int16_t)clamp(a >> 1, -32768, 32767);
    }
}

static void level(int16_t *samples, int count)
{
    int gain = 4096, peak = 0;
    for (int i = 0; i < count; i++) {
        int size = abs(samples[i]);
        peak = size > peak ? size : peak - (peak >> 10);
        if (peak * (int64_t)gain > 20000ll * 4096) {
            gain -= gain >> 6;
        } else if (gain < 16384) {
            gain++;
        }
        samples[i] = (int16_t)clamp((samples[i] * gain) >> 12, -32768, 32767);
    }
}

static uint64_t digest(const int16_t *samples, int count, int *crossings)
{
    uint64_t sum = 0;
    *crossings = 0;
    for (int i = 0; i < count; i++) {
        sum = sum * 1000003 + (uint16_t)samples[i];
        *crossings += i > 0 && (samples[i] < 0) != (samples[i - 1] < 0);
    }
    return sum;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        return 2;
    }
    random_state = (uint32_t)atoi(argv[1]);
    int count = atoi(argv[2]), rounds = atoi(argv[4]);
    int16_t *sound = malloc(count * sizeof(int16_t)), *work = malloc(count * sizeof(int16_t));
    int16_t *out = malloc(count * sizeof(int16_t)), weights[taps];
    uint8_t *coded = malloc(count / 2 + 1);
    if (!sound || !work || !out || !coded) {
        return 1;
    }
    make_steps();
    synthesise(sound, count, atoi(argv[3]));
    for (int round = 0; round < rounds; round++) {
        for (int k = 0; k < taps; k++) {
            weights[k] = (int16_t)(2600 - 110 * k + random_between(-300, 300));
        }
        // Every round hears the sound from another place on.
        int length = count - 37 * round % 1000;
        encode(sound + (count - length), coded, length);
        decode(coded, work, length);
        level(work, length);
        filter(work, out, length, weights);
        resonate(out, length);
        if (round % 8 == 0 || round == rounds - 1) {
            int crossings;
            uint64_t sum = digest(out, length, &crossings);
            printf("%d %016llx %d\n", round, (unsigned long long)sum, crossings);
        }
    }
    return 0;
}

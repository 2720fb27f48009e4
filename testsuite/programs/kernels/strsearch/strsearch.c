// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Finds words in a text in four ways: first-letter scan, skip table, bit
// parallel with one error allowed, and a case-insensitive word count.
// Arguments: SEED LETTERS KILOBYTES PATTERNS
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint32_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % n;
}

static void make_text(char *text, size_t size, int letters)
{
    size_t at = 0;
    while (at < size) {
        // A third of the text repeats something said before.
        if (at > 2000 && random_below(3) == 0) {
            size_t from = random_below((uint32_t)at - 100), length = 4 + random_below(40);
            while (length-- > 0 && at < size) {
                text[at++] = text[from++];
            }
            continue;
        }
        uint32_t length = 1 + random_below(4) + random_below(6);
        int capital = random_below(8) == 0;
        while (length-- > 0 && at < size) {
            uint32_t low = random_below(letters), other = random_below(letters);
            text[at++] = (char)((capital ? 'A' : 'a') + (low < other ? low : other));
            capital = 0;
        }
        if (at < size) {
            text[at++] = random_below(12) == 0 ? '\n' : ' ';
        }
    }
    text[size] = '\0';
}

static int matches_at(const char *text, const char *pattern, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] != pattern[i]) {
            return 0;
        }
    }
    return 1;
}

static size_t count_plain(const char *text, size_t size, const char *pattern, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i + length <= size; i++) {
        if (text[i] == pattern[0] && matches_at(text + i + 1, pattern + 1, length - 1)) {
            count++;
        }
    }
    return count;
}

static uint64_t sum_skipping(const char *text, size_t size, const char *pattern, size_t length)
{
    size_t skip[256];
    for (int i = 0; i < 256; i++) {
        skip[i] = length;
    }
    for (size_t i = 0; i + 1 < length; i++) {
        skip[(unsigned char)pattern[i]] = length - 1 - i;
    }
    uint64_t sum = 0;
    for (size_t i = 0; i + length <= size; i += skip[(unsigned char)text[i + length - 1]]) {
        size_t left = length;
        while (left > 0 && text[i + left - 1] == pattern[left - 1]) {
            left--;
        }
        if (left == 0) {
            sum += i;
        }
    }
    return sum;
}

// One wrong letter allowed: bit i of exact (near) says that the last i + 1
// letters match the start of the pattern with no (at most one) difference.
static size_t count_near(const char *text, size_t size, const char *pattern, size_t length)
{
    uint64_t accepts[256] = {0}, exact = 0, near = 0, last = 1ull << (length - 1);
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        accepts[(unsigned char)pattern[i]] |= 1ull << i;
    }
    for (size_t i = 0; i < size; i++) {
        uint64_t letter = accepts[(unsigned char)text[i]];
        near = (((near << 1) | 1) & letter) | (exact << 1) | 1;
        exact = ((exact << 1) | 1) & letter;
        if (near & last) {
            count++;
        }
    }
    return count;
}

static int lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c;
}

static uint32_t count_words(const char *text, uint32_t *counts, uint32_t slots)
{
    uint32_t words = 0, hash = 5381, in_word = 0;
    for (; *text != '\0'; text++) {
        int c = lower(*text);
        if (c >= 'a' && c <= 'z') {
            hash = hash * 33 + (uint32_t)c;
            in_word = 1;
        } else if (in_word) {
            counts[hash % slots]++;
            words++;
            hash = 5381;
            in_word = 0;
        }
    }
    return words;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        return 2;
    }
    random_state = 2463534242u ^ (uint32_t)atoi(argv[1]);
    size_t size = (size_t)atoi(argv[3]) * 1024;
    int patterns = atoi(argv[4]);
    char *text = malloc(size + 1);
    uint32_t *counts = calloc(4093, sizeof(uint32_t));
    if (!text || !counts) {
        return 1;
    }
    make_text(text, size, atoi(argv[2]));
    for (int i = 0; i < patterns; i++) {
        char pattern[32];
        size_t length = 3 + random_below(12), from = random_below((uint32_t)size - 32);
        for (size_t j = 0; j < length; j++) {
            pattern[j] = text[from + j];
        }
        size_t plain = count_plain(text, size, pattern, length);
        uint64_t sum = sum_skipping(text, size, pattern, length);
        size_t near = count_near(text, size, pattern, length);
        uint32_t words = count_words(text, counts, 4093);
        printf("%zu: %zu %llu %zu %u\n", length, plain, (unsigned long long)sum, near, words);
    }
    uint64_t mix = 0;
    for (int i = 0; i < 4093; i++) {
        mix = mix * 31 + counts[i];
    }
    printf("words %llu\n", (unsigned long long)mix);
    return 0;
}

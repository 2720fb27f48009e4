// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Quicksort with median of three and insertion sort for short ranges, stable
// bottom-up merge sort, heap sort, and radix sort by bytes.
#include "records.h"

#include <utility>

bool by_key(const Record &a, const Record &b)
{
    return a.key < b.key;
}

bool by_group_then_weight(const Record &a, const Record &b)
{
    return a.group != b.group ? a.group < b.group : a.weight < b.weight;
}

template <typename Less> static void insertion_sort(Record *first, ptrdiff_t count, Less less)
{
    for (ptrdiff_t i = 1; i < count; i++) {
        Record moving = first[i];
        ptrdiff_t j = i;
        for (; j > 0 && less(moving, first[j - 1]); j--) {
            first[j] = first[j - 1];
        }
        first[j] = moving;
    }
}

static Record median(const Record &a, const Record &b, const Record &c)
{
    if (by_key(a, b)) {
        return by_key(b, c) ? b : by_key(a, c) ? c : a;
    }
    return by_key(a, c) ? a : by_key(b, c) ? c : b;
}

void quick_sort(Record *first, ptrdiff_t count)
{
    while (count > 24) {
        Record pivot = median(first[0], first[count / 2], first[count - 1]);
        ptrdiff_t i = 0, j = count - 1;
        while (i <= j) {
            while (by_key(first[i], pivot)) {
                i++;
            }
            while (by_key(pivot, first[j])) {
                j--;
            }
            if (i <= j) {
                std::swap(first[i++], first[j--]);
            }
        }
        // Recursion into the shorter side keeps the stack small.
        if (j + 1 < count - i) {
            quick_sort(first, j + 1);
            first += i;
            count -= i;
        } else {
            quick_sort(first + i, count - i);
            count = j + 1;
        }
    }
    insertion_sort(first, count, by_key);
}

static void merge(const Record *a, const Record *a_end, const Record *b, const Record *b_end, Record *out)
{
    while (a != a_end && b != b_end) {
        *out++ = by_group_then_weight(*b, *a) ? *b++ : *a++;
    }
    while (a != a_end) {
        *out++ = *a++;
    }
    while (b != b_end) {
        *out++ = *b++;
    }
}

void merge_sort(Record *records, Record *scratch, size_t count)
{
    const size_t run = 8;
    for (size_t i = 0; i < count; i += run) {
        insertion_sort(records + i, static_cast<ptrdiff_t>(i + run < count ? run : count - i), by_group_then_weight);
    }
    Record *from = records, *to = scratch;
    for (size_t width = run; width < count; width *= 2) {
        for (size_t i = 0; i < count; i += 2 * width) {
            size_t middle = i + width < count ? i + width : count;
            size_t end = i + 2 * width < count ? i + 2 * width : count;
            merge(from + i, from + middle, from + middle, from + end, to + i);
        }
        std::swap(from, to);
    }
    if (from != records) {
        for (size_t i = 0; i < count; i++) {
            records[i] = from[i];
        }
    }
}

static void sift_down(uint32_t *values, size_t at, size_t count)
{
    uint32_t moving = values[at];
    for (size_t child = 2 * at + 1; child < count; child = 2 * at + 1) {
        if (child + 1 < count && values[child] < values[child + 1]) {
            child++;
        }
        if (values[child] <= moving) {
            break;
        }
        values[at] = values[child];
        at = child;
    }
    values[at] = moving;
}

void heap_sort(uint32_t *values, size_t count)
{
    for (size_t i = count / 2; i-- > 0;) {
        sift_down(values, i, count);
    }
    for (size_t end = count; end-- > 1;) {
        std::swap(values[0], values[end]);
        sift_down(values, 0, end);
    }
}

void radix_sort(uint32_t *values, uint32_t *scratch, size_t count)
{
    for (int shift = 0; shift < 32; shift += 8) {
        size_t places[257] = {};
        for (size_t i = 0; i < count; i++) {
            places[(values[i] >> shift & 255) + 1]++;
        }
        for (int i = 0; i < 256; i++) {
            places[i + 1] += places[i];
        }
        for (size_t i = 0; i < count; i++) {
            scratch[places[values[i] >> shift & 255]++] = values[i];
        }
        std::swap(values, scratch);
    }
}

// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// The records that the sorting kernel sorts, and the sorts it compares.
#pragma once
#include <cstddef>
#include <cstdint>

struct Record {
    uint32_t key;
    uint16_t group;
    uint16_t flags;
    double weight;
};

bool by_key(const Record &a, const Record &b);
bool by_group_then_weight(const Record &a, const Record &b);

void quick_sort(Record *first, ptrdiff_t count);
void merge_sort(Record *records, Record *scratch, size_t count);
void heap_sort(uint32_t *values, size_t count);
void radix_sort(uint32_t *values, uint32_t *scratch, size_t count);

// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Sorts records and numbers of three shapes: random, nearly sorted, few
// different keys. Arguments: SEED RECORDS ROUNDS SHAPES (of r, n and f)
#include "records.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

static uint32_t random_state;

static uint32_t random_bits()
{
    random_state = random_state * 747796405u + 2891336453u;
    return (random_state >> 9) ^ (random_state << 11);
}

static void fill(std::vector<Record> &records, char shape)
{
    uint32_t index = 0;
    for (Record &record : records) {
        uint32_t bits = random_bits();
        switch (shape) {
        case 'n': record.key = index * 16 + (bits % 64 == 0 ? bits % 100000 : bits % 40); break;
        case 'f': record.key = bits % 50; break;
        default: record.key = bits; break;
        }
        record.group = static_cast<uint16_t>(bits >> 20 & 255);
        record.flags = static_cast<uint16_t>(index);
        record.weight = (record.key ^ bits >> 7) / 1024.0;
        index++;
    }
}

static uint64_t digest(const std::vector<Record> &records)
{
    uint64_t sum = 0;
    for (const Record &record : records) {
        // Only what a sort that is not stable leaves the same.
        sum = sum * 1099511628211u + record.key;
    }
    return sum;
}

static uint64_t digest(const std::vector<uint32_t> &values)
{
    uint64_t sum = 0;
    for (uint32_t value : values) {
        sum = sum * 1099511628211u + value;
    }
    return sum;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        return 2;
    }
    random_state = static_cast<uint32_t>(std::atoi(argv[1]));
    const size_t count = static_cast<size_t>(std::atoi(argv[2]));
    const std::string shapes = argv[4];
    std::vector<Record> records(count), scratch(count);
    std::vector<uint32_t> values(count), other(count);
    for (int round = std::atoi(argv[3]); round > 0; round--) {
        for (char shape : shapes) {
            fill(records, shape);
            for (size_t i = 0; i < count; i++) {
                values[i] = records[i].key * 2654435761u >> 3;
            }
            merge_sort(records.data(), scratch.data(), count);
            uint64_t merged = digest(records), flags = 0;
            for (const Record &record : records) {
                flags = flags * 31 + record.flags;
            }
            quick_sort(records.data(), static_cast<ptrdiff_t>(count));
            std::vector<uint32_t> heaped = values;
            heap_sort(heaped.data(), count);
            radix_sort(values.data(), other.data(), count);
            std::printf("%c %016llx %016llx %016llx %016llx %d\n", shape, static_cast<unsigned long long>(merged),
                        static_cast<unsigned long long>(flags), static_cast<unsigned long long>(digest(records)),
                        static_cast<unsigned long long>(digest(values)), heaped == values);
        }
    }
    return 0;
}

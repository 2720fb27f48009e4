// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// An ensemble of decision trees in flat arrays that scores samples, and a
// binary search tree (treap) with insertion, look-up, removal and range sums.
// Arguments: SEED TREES DEPTH SAMPLES KEYS
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

constexpr int features = 24;

static uint64_t random_state;

static uint32_t random_bits()
{
    random_state = random_state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint32_t>(random_state >> 33);
}

struct Split {
    float threshold;
    int16_t feature; // negative: a leaf, with its score in threshold
    int16_t unused;
    int32_t low, high;
};

class Forest {
public:
    Forest(int trees, int depth)
    {
        for (int i = 0; i < trees; i++) {
            m_roots.push_back(grow(depth));
        }
    }

    float score(const float *sample) const
    {
        float sum = 0.0f;
        for (int32_t root : m_roots) {
            int32_t at = root;
            while (m_splits[at].feature >= 0) {
                const Split &split = m_splits[at];
                at = sample[split.feature] < split.threshold ? split.low : split.high;
            }
            sum += m_splits[at].threshold;
        }
        return sum;
    }

    size_t size() const { return m_splits.size(); }

private:
    std::vector<Split> m_splits;
    std::vector<int32_t> m_roots;

    int32_t grow(int depth)
    {
        const int32_t index = static_cast<int32_t>(m_splits.size());
        m_splits.push_back(Split{0.0f, -1, 0, 0, 0});
        if (depth == 0 || random_bits() % 9 == 0) {
            m_splits[index].threshold = static_cast<float>(static_cast<int>(random_bits() % 2001) - 1000) / 64.0f;
            return index;
        }
        const int16_t feature = static_cast<int16_t>(random_bits() % features);
        const float threshold = static_cast<float>(random_bits() % 1000) / 1000.0f;
        const int32_t low = grow(depth - 1);
        const int32_t high = grow(depth - 1);
        m_splits[index] = Split{threshold, feature, 0, low, high};
        return index;
    }
};

class Treap {
public:
    explicit Treap(size_t most) { m_nodes.reserve(most + 1); m_nodes.push_back(Item{}); }

    void insert(uint32_t key)
    {
        uint32_t *link = &m_root;
        const uint32_t priority = random_bits();
        while (*link != 0 && m_nodes[*link].priority >= priority) {
            Item &item = m_nodes[*link];
            if (item.key == key) {
                item.count++;
                return;
            }
            link = key < item.key ? &item.left : &item.right;
        }
        if (uint32_t *found = find_link(link, key); *found != 0) {
            m_nodes[*found].count++;
            return;
        }
        const uint32_t below = *link, index = static_cast<uint32_t>(m_nodes.size());
        m_nodes.push_back(Item{key, priority, 0, 0, 1});
        *link = index;
        split(below, key, &m_nodes[index].left, &m_nodes[index].right);
    }

    uint32_t count(uint32_t key) const
    {
        uint32_t at = m_root;
        while (at != 0 && m_nodes[at].key != key) {
            at = key < m_nodes[at].key ? m_nodes[at].left : m_nodes[at].right;
        }
        return m_nodes[at].count;
    }

    bool remove(uint32_t key)
    {
        uint32_t *link = find_link(&m_root, key);
        if (*link == 0) {
            return false;
        }
        *link = join(m_nodes[*link].left, m_nodes[*link].right);
        return true;
    }

    uint64_t sum(uint32_t low, uint32_t high) const { return sum_below(m_root, low, high); }

private:
    struct Item {
        uint32_t key = 0, priority = 0, left = 0, right = 0, count = 0;
    };
    std::vector<Item> m_nodes;
    uint32_t m_root = 0;

    uint32_t *find_link(uint32_t *link, uint32_t key)
    {
        while (*link != 0 && m_nodes[*link].key != key) {
            link = key < m_nodes[*link].key ? &m_nodes[*link].left : &m_nodes[*link].right;
        }
        return link;
    }

    void split(uint32_t at, uint32_t key, uint32_t *low, uint32_t *high)
    {
        while (at != 0) {
            if (m_nodes[at].key < key) {
                *low = at;
                low = &m_nodes[at].right;
                at = *low;
            } else {
                *high = at;
                high = &m_nodes[at].left;
                at = *high;
            }
        }
        *low = *high = 0;
    }

    uint32_t join(uint32_t low, uint32_t high)
    {
        if (low == 0 || high == 0) {
            return low | high;
        }
        if (m_nodes[low].priority > m_nodes[high].priority) {
            m_nodes[low].right = join(m_nodes[low].right, high);
            return low;
        }
        m_nodes[high].left = join(low, m_nodes[high].left);
        return high;
    }

    uint64_t sum_below(uint32_t at, uint32_t low, uint32_t high) const
    {
        if (at == 0) {
            return 0;
        }
        const Item &item = m_nodes[at];
        uint64_t sum = item.key >= low && item.key < high ? static_cast<uint64_t>(item.key) * item.count : 0;
        if (item.key > low) {
            sum += sum_below(item.left, low, high);
        }
        if (item.key < high) {
            sum += sum_below(item.right, low, high);
        }
        return sum;
    }
};

int main(int argc, char **argv)
{
    if (argc != 6) {
        return 2;
    }
    random_state = static_cast<uint64_t>(std::atoi(argv[1]));
    const Forest forest(std::atoi(argv[2]), std::atoi(argv[3]));
    std::vector<float> samples(static_cast<size_t>(features) * 500);
    for (float &value : samples) {
        value = static_cast<float>(random_bits() % 1024) / 1024.0f;
    }
    double sum = 0.0;
    int positive = 0;
    for (int i = 0, count = std::atoi(argv[4]); i < count; i++) {
        float *sample = &samples[static_cast<size_t>(i % 500) * features];
        sample[i % features] = static_cast<float>(random_bits() % 1024) / 1024.0f;
        const float score = forest.score(sample);
        sum += score;
        positive += score > 0.0f;
    }
    std::printf("forest %zu %.17g %d\n", forest.size(), sum, positive);

    const int keys = std::atoi(argv[5]);
    Treap treap(static_cast<size_t>(keys));
    uint64_t found = 0, removed = 0;
    for (int i = 0; i < keys; i++) {
        treap.insert(random_bits() % 60000);
        for (int j = 0; j < 4; j++) {
            found += treap.count(random_bits() % 60000);
        }
        if (i % 5 == 0) {
            removed += treap.remove(random_bits() % 60000);
        }
        if (i % 2000 == 0) {
            found = found * 31 + treap.sum(10000, 30000);
        }
    }
    std::printf("treap %llu %llu %llu\n", static_cast<unsigned long long>(found), static_cast<unsigned long long>(removed),
                static_cast<unsigned long long>(treap.sum(0, 60000)));
    return 0;
}

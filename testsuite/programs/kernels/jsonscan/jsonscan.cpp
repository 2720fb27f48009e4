// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Parses JSON by recursive descent into a flat array of nodes, checks and
// decodes strings and numbers, then sums up the tree; and parses the same data
// as comma separated lines. Arguments: SEED KILOBYTES NUMBER-PERCENT ROUNDS
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

enum class Kind : uint8_t { null, boolean, number, string, array, object };

struct Node {
    Kind kind;
    uint32_t size;
    double number;
    uint64_t hash;
};

static uint32_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 134775813u + 1u;
    return (random_state >> 10) % n;
}

static void write_value(std::string &out, int depth, uint32_t numbers)
{
    if (depth == 0 || random_below(5) < 2) {
        if (random_below(100) < numbers) {
            out += std::to_string(static_cast<int>(random_below(1u << (1 + random_below(21)))) - 500);
            if (random_below(3) == 0) {
                out += "." + std::to_string(random_below(10000));
            }
            if (random_below(12) == 0) {
                out += "e-" + std::to_string(random_below(9));
            }
        } else if (random_below(4) != 0) {
            static const char *const pieces[] = {"name", "north", "x", "Grey ", "\\n", "\\u00e9", "value", "\\\"", "0815", "-"};
            out += '"';
            for (uint32_t i = random_below(6); i > 0; i--) {
                out += pieces[random_below(10)];
            }
            out += '"';
        } else {
            static const char *const names[] = {"true", "false", "null"};
            out += names[random_below(3)];
        }
        return;
    }
    const bool object = random_below(2) == 0;
    out += object ? '{' : '[';
    for (uint32_t i = 0, count = random_below(7); i < count; i++) {
        out += i == 0 ? "" : random_below(3) == 0 ? ",\n  " : ", ";
        if (object) {
            out += "\"key" + std::to_string(random_below(40)) + "\": ";
        }
        write_value(out, depth - 1, numbers);
    }
    out += object ? '}' : ']';
}

class Parser {
public:
    Parser(const char *begin, const char *end) : m_at(begin), m_end(end) {}

    bool parse(std::vector<Node> &nodes)
    {
        nodes.clear();
        return value(nodes, 0) && (space(), m_at == m_end);
    }

private:
    const char *m_at, *m_end;

    void space()
    {
        while (m_at < m_end && (*m_at == ' ' || *m_at == '\n' || *m_at == '\t' || *m_at == '\r')) {
            m_at++;
        }
    }

    bool take(char c)
    {
        space();
        if (m_at < m_end && *m_at == c) {
            m_at++;
            return true;
        }
        return false;
    }

    bool name(const char *text)
    {
        for (; *text != '\0'; text++, m_at++) {
            if (m_at == m_end || *m_at != *text) {
                return false;
            }
        }
        return true;
    }

    static int digit_of(char c)
    {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        c = static_cast<char>(c | 32);
        return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }

    bool string(uint64_t &hash, uint32_t &length)
    {
        hash = 14695981039346656037u;
        length = 0;
        while (m_at < m_end && *m_at != '"') {
            uint32_t c = static_cast<unsigned char>(*m_at++);
            if (c == '\\') {
                if (m_at == m_end) {
                    return false;
                }
                switch (*m_at++) {
                case 'n': c = '\n'; break;
                case 't': c = '\t'; break;
                case '"': c = '"'; break;
                case '\\': c = '\\'; break;
                case 'u':
                    c = 0;
                    for (int i = 0; i < 4; i++) {
                        int digit = m_at < m_end ? digit_of(*m_at++) : -1;
                        if (digit < 0) {
                            return false;
                        }
                        c = c * 16 + static_cast<uint32_t>(digit);
                    }
                    break;
                default: return false;
                }
            } else if (c < ' ') {
                return false;
            }
            hash = (hash ^ c) * 1099511628211u;
            length++;
        }
        return m_at++ < m_end;
    }

    bool number(double &result)
    {
        bool negative = *m_at == '-';
        m_at += negative;
        uint64_t digits = 0;
        int places = 0, exponent = 0;
        const char *from = m_at;
        while (m_at < m_end && *m_at >= '0' && *m_at <= '9') {
            digits = digits * 10 + static_cast<uint64_t>(*m_at++ - '0');
        }
        if (m_at == from) {
            return false;
        }
        if (m_at < m_end && *m_at == '.') {
            for (m_at++; m_at < m_end && *m_at >= '0' && *m_at <= '9'; places++) {
                digits = digits * 10 + static_cast<uint64_t>(*m_at++ - '0');
            }
        }
        if (m_at < m_end && (*m_at == 'e' || *m_at == 'E')) {
            m_at++;
            bool down = m_at < m_end && *m_at == '-';
            m_at += down;
            while (m_at < m_end && *m_at >= '0' && *m_at <= '9') {
                exponent = exponent * 10 + (*m_at++ - '0');
            }
            exponent = down ? -exponent : exponent;
        }
        double power = 1.0;
        for (int i = exponent - places; i < 0; i++) {
            power *= 10.0;
        }
        result = static_cast<double>(digits) / power;
        result = negative ? -result : result;
        return true;
    }

    bool value(std::vector<Node> &nodes, int depth)
    {
        space();
        if (m_at == m_end || depth > 100) {
            return false;
        }
        const size_t index = nodes.size();
        nodes.push_back(Node{Kind::null, 0, 0.0, 0});
        switch (*m_at) {
        case '{':
        case '[': {
            const char close = *m_at == '{' ? '}' : ']';
            nodes[index].kind = *m_at++ == '{' ? Kind::object : Kind::array;
            uint32_t count = 0;
            if (take(close)) {
                return true;
            }
            do {
                if (close == '}') {
                    nodes.push_back(Node{Kind::string, 0, 0.0, 0});
                    Node &key = nodes.back();
                    if (!take('"') || !string(key.hash, key.size) || !take(':')) {
                        return false;
                    }
                }
                if (!value(nodes, depth + 1)) {
                    return false;
                }
                count++;
            } while (take(','));
            nodes[index].size = count;
            return take(close);
        }
        case '"':
            m_at++;
            nodes[index].kind = Kind::string;
            return string(nodes[index].hash, nodes[index].size);
        case 't':
        case 'f':
            nodes[index].kind = Kind::boolean;
            nodes[index].size = *m_at == 't';
            return name(*m_at == 't' ? "true" : "false");
        case 'n': return name("null");
        default: nodes[index].kind = Kind::number; return number(nodes[index].number);
        }
    }
};

// Fields between commas, quoted or not; returns their number and mixes their text.
static uint32_t count_fields(const std::string &text, uint64_t &mix)
{
    uint32_t fields = 0;
    bool quoted = false;
    uint64_t field = 0;
    for (char c : text) {
        if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == ',' || c == '\n')) {
            fields++;
            mix = mix * 31 + field;
            field = 0;
        } else if (c != ' ') {
            field = field * 257 + static_cast<unsigned char>(c);
        }
    }
    return fields;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        return 2;
    }
    random_state = static_cast<uint32_t>(std::atoi(argv[1]));
    std::string text = "[0";
    while (text.size() < static_cast<size_t>(std::atoi(argv[2])) * 1024) {
        text += ",\n";
        write_value(text, 6, static_cast<uint32_t>(std::atoi(argv[3])));
    }
    text += "]";
    std::vector<Node> nodes;
    uint64_t counts[6] = {}, hash = 0, mix = 0, fields = 0;
    double sum = 0.0;
    bool good = true;
    for (int round = std::atoi(argv[4]); round > 0; round--) {
        good = Parser(text.data(), text.data() + text.size()).parse(nodes) && good;
        for (const Node &node : nodes) {
            counts[static_cast<int>(node.kind)] += 1 + node.size;
            sum += node.number;
            hash = hash * 3 + node.hash;
        }
        fields += count_fields(text, mix);
    }
    std::printf("%d %zu %.17g %llu\n", good, nodes.size(), sum, static_cast<unsigned long long>(hash));
    for (uint64_t count : counts) {
        std::printf("%llu\n", static_cast<unsigned long long>(count));
    }
    std::printf("%llu %llu\n", static_cast<unsigned long long>(fields), static_cast<unsigned long long>(mix));
    return 0;
}

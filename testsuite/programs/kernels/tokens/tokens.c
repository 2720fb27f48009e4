// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// Tokeniser of a C-like language: one state machine over characters, a keyword
// check, nesting depth, and a second machine that strips comments.
// Arguments: SEED KILOBYTES COMMENT-PERCENT ROUNDS
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum state { start, word, number, fraction, text, escape, slash, line_comment, block_comment, block_star, operator_ };
enum token { t_word, t_keyword, t_number, t_fraction, t_text, t_comment, t_operator, t_bracket, t_error, token_kinds };

struct counts {
    uint64_t kinds[token_kinds], hash;
    uint32_t lines, depth, deepest;
};

static uint32_t random_state;

static uint32_t random_below(uint32_t n)
{
    random_state = random_state * 22695477u + 1u;
    return (random_state >> 12) % n;
}

static size_t put(char *out, size_t at, const char *piece)
{
    while (*piece != '\0') {
        out[at++] = *piece++;
    }
    return at;
}

static size_t make_source(char *out, size_t size, uint32_t comments)
{
    static const char *const keywords[] = {"if", "else", "while", "return", "for", "int", "char", "struct"};
    static const char *const operators[] = {"+", "-", "==", "=", "->", "<", "&&", "*", ";", ",", ".", ">>=", "!"};
    size_t at = 0;
    while (at + 100 < size) {
        uint32_t kind = random_below(100);
        if (kind < comments) {
            int block = random_below(2) == 0;
            at = put(out, at, block ? "/*" : "//");
            for (uint32_t i = random_below(60); i > 0; i--) {
                out[at++] = "etaoin shrdlu * x"[random_below(17)];
            }
            at = put(out, at, block ? "*/" : "\n");
            continue;
        }
        switch (random_below(8)) {
        case 0: at = put(out, at, keywords[random_below(8)]); break;
        case 1: case 2:
            for (uint32_t i = 1 + random_below(9); i > 0; i--) {
                out[at++] = (char)('a' + random_below(26));
            }
            break;
        case 3:
            for (uint32_t i = 1 + random_below(5); i > 0; i--) {
                out[at++] = (char)('0' + random_below(10));
            }
            at = put(out, at, random_below(4) == 0 ? ".25" : "");
            break;
        case 4: at = put(out, at, random_below(6) == 0 ? "\"a \\\" quoted\"" : "\"name\""); break;
        case 5: at = put(out, at, random_below(2) == 0 ? "(x)" : "{\n}"); break;
        default: at = put(out, at, operators[random_below(13)]); break;
        }
        at = put(out, at, random_below(7) == 0 ? "\n    " : " ");
    }
    return at;
}

static int is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
static int is_digit(char c) { return c >= '0' && c <= '9'; }

static int is_keyword(const char *s, size_t length)
{
    switch (length) {
    case 2: return s[0] == 'i' && s[1] == 'f';
    case 3: return (s[0] == 'f' && s[1] == 'o' && s[2] == 'r') || (s[0] == 'i' && s[1] == 'n' && s[2] == 't');
    case 4: return (s[0] == 'e' && s[1] == 'l' && s[2] == 's' && s[3] == 'e') || (s[0] == 'c' && s[1] == 'h' && s[2] == 'a' && s[3] == 'r');
    case 5: return s[0] == 'w' && s[1] == 'h' && s[2] == 'i' && s[3] == 'l' && s[4] == 'e';
    case 6: return (s[0] == 'r' && s[1] == 'e' && s[2] == 't') || (s[0] == 's' && s[1] == 't' && s[2] == 'r');
    default: return 0;
    }
}

static void emit(struct counts *c, enum token kind, const char *s, size_t length)
{
    c->kinds[kind]++;
    c->hash = c->hash * 1000003 + kind * 64 + length + (unsigned char)s[0];
}

static void tokenise(struct counts *c, const char *s, size_t size)
{
    enum state state = start;
    size_t from = 0, i = 0;
    while (i < size) {
        char ch = s[i];
        c->lines += ch == '\n';
        switch (state) {
        case start:
            from = i;
            if (is_letter(ch)) state = word;
            else if (is_digit(ch)) state = number;
            else if (ch == '"') state = text;
            else if (ch == '/') state = slash;
            else if (ch == '(' || ch == '{' || ch == '[') {
                if (++c->depth > c->deepest) c->deepest = c->depth;
                emit(c, t_bracket, s + i, 1);
            } else if (ch == ')' || ch == '}' || ch == ']') {
                if (c->depth > 0) c->depth--;
                emit(c, t_bracket, s + i, 1);
            } else if (ch == '=' || ch == '-' || ch == '>' || ch == '&' || ch == '<' || ch == '+') state = operator_;
            else if (ch > ' ') emit(c, ch == '#' || ch == '@' ? t_error : t_operator, s + i, 1);
            break;
        case word:
            if (is_letter(ch) || is_digit(ch)) break;
            emit(c, is_keyword(s + from, i - from) ? t_keyword : t_word, s + from, i - from);
            state = start;
            continue;
        case number: case fraction:
            if (is_digit(ch)) break;
            if (ch == '.' && state == number) { state = fraction; break; }
            emit(c, state == number ? t_number : t_fraction, s + from, i - from);
            state = start;
            continue;
        case text:
            if (ch == '\\') state = escape;
            else if (ch == '"') { emit(c, t_text, s + from, i - from); state = start; }
            break;
        case escape: state = text; break;
        case slash:
            if (ch == '/') state = line_comment;
            else if (ch == '*') state = block_comment;
            else { emit(c, t_operator, s + from, 1); state = start; continue; }
            break;
        case line_comment:
            if (ch == '\n') { emit(c, t_comment, s + from, i - from); state = start; }
            break;
        case block_comment: if (ch == '*') state = block_star; break;
        case block_star:
            if (ch == '/') { emit(c, t_comment, s + from, i - from); state = start; }
            else if (ch != '*') state = block_comment;
            break;
        case operator_:
            if (ch == '=' || ch == '>' || ch == '&' || ch == '<' || ch == '+') break;
            emit(c, t_operator, s + from, i - from);
            state = start;
            continue;
        }
        i++;
    }
}

static size_t strip_comments(const char *s, size_t size, char *out)
{
    size_t length = 0;
    int in_text = 0;
    for (size_t i = 0; i < size; i++) {
        if (!in_text && s[i] == '/' && i + 1 < size && (s[i + 1] == '/' || s[i + 1] == '*')) {
            char kind = s[i + 1];
            i += 2;
            while (i < size && !(kind == '/' ? s[i] == '\n' : s[i - 1] == '*' && s[i] == '/')) {
                i++;
            }
            out[length++] = ' ';
        } else {
            if (s[i] == '"' && (i == 0 || s[i - 1] != '\\')) {
                in_text = !in_text;
            }
            out[length++] = s[i];
        }
    }
    return length;
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        return 2;
    }
    random_state = (uint32_t)atoi(argv[1]);
    size_t size = (size_t)atoi(argv[2]) * 1024;
    char *source = malloc(size), *stripped = malloc(size);
    if (!source || !stripped) {
        return 1;
    }
    size = make_source(source, size, (uint32_t)atoi(argv[3]));
    struct counts all = {0}, code = {0};
    for (int round = atoi(argv[4]); round > 0; round--) {
        tokenise(&all, source, size);
        tokenise(&code, stripped, strip_comments(source, size, stripped));
    }
    for (int i = 0; i < token_kinds; i++) {
        printf("%d %llu %llu\n", i, (unsigned long long)all.kinds[i], (unsigned long long)code.kinds[i]);
    }
    printf("%llu %llu\n", (unsigned long long)all.hash, (unsigned long long)code.hash);
    printf("%u %u %u %u\n", all.lines, code.lines, all.deepest, code.deepest);
    return 0;
}

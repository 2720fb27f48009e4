// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An archive is "!<arch>\n" and then, for each member, a 60-byte header in text and the content,
// padded to an even length. Two members are special: "/" (or "/SYM64/"), the symbol index - a
// count, that many offsets of member headers, that many names - and "//", the long names, which
// headers refer to as "/123". A thin archive has "!<thin>\n" and no contents but those two; its
// names are paths.
//
// A copy with replaced members keeps every header but for the size, the long names as they are, and
// the index with each offset moved to where that member's header now lies. It needs no new index:
// a planned object defines the symbols that the stock one defines (a postcondition of every plan).
#include "archive.h"

#include "util/file.h"
#include "util/paths.h"
#include "util/text.h"

#include <charconv>
#include <optional>

namespace autopass {
namespace {

constexpr std::size_t magic_size = 8, header_size = 60, name_size = 16;
constexpr std::size_t size_offset = 48, size_width = 10, end_offset = 58;

std::optional<std::uint64_t> decimal(std::string_view text) {
  text = trim(text);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

bool is_index(std::string_view name) {
  return name == "/" || name == "/SYM64/";
}

// The name in a header: "util.o/" itself, or "/123", a place in the table of long names.
std::optional<std::string> full_name(std::string_view field, std::string_view long_names) {
  if (field.size() > 1 && field[0] == '/') {
    const auto offset = decimal(field.substr(1));
    if (!offset || *offset >= long_names.size()) {
      return std::nullopt;
    }
    const auto end = long_names.find('\n', *offset);
    if (end == std::string_view::npos) {
      return std::nullopt;
    }
    field = long_names.substr(*offset, end - *offset);
  }
  if (field.ends_with('/')) {
    field.remove_suffix(1);
  }
  return std::string(field);
}

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) {
    value = value << 8 | static_cast<unsigned char>(byte);
  }
  return value;
}

// The symbol index with each offset looked up in `moved`.
Result<std::string> move_index(const Member& index,
                               const std::map<std::uint64_t, std::uint64_t>& moved) {
  const std::size_t width = index.name == "/" ? 4 : 8;
  std::string content = index.content;
  const auto malformed = [] {
    return fail("the archive's symbol index is malformed", {}, "malformed-archive");
  };
  if (content.size() < width) {
    return malformed();
  }
  const std::uint64_t count = big_endian(std::string_view(content).substr(0, width));
  if (count > content.size() / width - 1) {
    return malformed();
  }
  for (std::size_t at = width; at < (count + 1) * width; at += width) {
    const auto found = moved.find(big_endian(std::string_view(content).substr(at, width)));
    if (found == moved.end()) {
      return malformed();
    }
    for (std::size_t byte = 0; byte < width; ++byte) {
      content[at + byte] = static_cast<char>(found->second >> 8 * (width - 1 - byte));
    }
  }
  return content;
}

void append_member(std::string& file, std::string header, const std::string& content) {
  std::string size = std::to_string(content.size());
  size.resize(size_width, ' ');
  header.replace(size_offset, size_width, size);
  file += header;
  file += content;
  if (content.size() % 2 != 0) {
    file += '\n';
  }
}

} // namespace

Result<Archive> read_archive(const std::string& path) {
  TRY(const std::string file, read_file(path, 4ull << 30));
  const auto malformed = [&](const char* why) {
    return fail("malformed archive " + path + ": " + why, {}, "malformed-archive");
  };
  const bool thin = file.starts_with("!<thin>\n");
  if (!thin && !file.starts_with("!<arch>\n")) {
    return malformed("it does not start like one");
  }
  Archive archive;
  std::string long_names;
  for (std::size_t at = magic_size; at < file.size();) {
    if (file.size() - at < header_size || file.compare(at + end_offset, 2, "`\n") != 0) {
      return malformed("a member's header is cut off");
    }
    Member member;
    member.offset = at;
    member.header = file.substr(at, header_size);
    const std::string field(trim(std::string_view(member.header).substr(0, name_size)));
    const auto size = decimal(std::string_view(member.header).substr(size_offset, size_width));
    if (!size) {
      return malformed("a member's size is no number");
    }
    const bool special = is_index(field) || field == "//";
    at += header_size;
    if (special || !thin) {
      if (*size > file.size() - at) {
        return malformed("a member is cut off");
      }
      member.content = file.substr(at, *size);
      at += *size + *size % 2;
    }
    if (special) {
      member.name = field;
      if (field == "//") {
        long_names = member.content;
      }
      archive.special.push_back(std::move(member));
      continue;
    }
    const auto name = full_name(field, long_names);
    if (!name) {
      return malformed("a member's name is not in the table of long names");
    }
    if (name->starts_with("#1/") || (thin && name->find(':') != std::string::npos)) {
      return fail(path + " is an archive of a form that is not read", {}, "archive-form");
    }
    member.name = *name;
    if (thin) {
      member.file = absolute(*name, parent(path));
      member.name = base_name(*name);
      TRY(member.content, read_file(member.file));
    }
    archive.members.push_back(std::move(member));
  }
  return archive;
}

Result<void> write_archive(const std::string& path, const Archive& archive,
                           const std::map<std::size_t, std::string>& replaced) {
  const auto content = [&](std::size_t number) -> const std::string& {
    const auto found = replaced.find(number);
    return found == replaced.end() ? archive.members[number].content : found->second;
  };
  // Where each header will lie: the specials keep their sizes, so this is known beforehand.
  std::uint64_t at = magic_size;
  const auto advance = [&](const std::string& bytes) {
    at += header_size + bytes.size() + bytes.size() % 2;
  };
  for (const auto& member : archive.special) {
    advance(member.content);
  }
  std::map<std::uint64_t, std::uint64_t> moved;
  for (std::size_t i = 0; i < archive.members.size(); ++i) {
    moved[archive.members[i].offset] = at;
    advance(content(i));
  }

  std::string file = "!<arch>\n";
  for (const auto& member : archive.special) {
    if (is_index(member.name)) {
      TRY(const auto index, move_index(member, moved));
      append_member(file, member.header, index);
    } else {
      append_member(file, member.header, member.content);
    }
  }
  for (std::size_t i = 0; i < archive.members.size(); ++i) {
    append_member(file, archive.members[i].header, content(i));
  }
  return write_file(path, file);
}

} // namespace autopass

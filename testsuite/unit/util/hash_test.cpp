// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "util/hash.h"

#include "util/file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

using namespace autopass;

TEST_CASE("a digest is the same on every host") {
  // XXH3-128 of nothing, from the algorithm's specification.
  CHECK(hash_text("").hex() == "99aa06d3014798d86001c324468d497f");
}

TEST_CASE("hexadecimal digits come back, and nothing else is taken for a digest") {
  const Digest digest = hash_text("abc");
  CHECK(Digest::from_hex(digest.hex()) == digest);
  CHECK_FALSE(Digest::from_hex(digest.hex() + "0"));
  CHECK_FALSE(Digest::from_hex(digest.hex().substr(1)));
  CHECK_FALSE(Digest::from_hex("99AA06D3014798D86001C324468D497F"));
  CHECK_FALSE(Digest::from_hex("g9aa06d3014798d86001c324468d497f"));
}

TEST_CASE("texts are told apart by where they end, numbers by their value") {
  CHECK(Hasher().text("ab").text("c").finish() != Hasher().text("a").text("bc").finish());
  CHECK(Hasher().number(1).finish() != Hasher().number((1ull << 32) + 1).finish());
  CHECK(Hasher().bytes("ab", 2).bytes("c", 1).finish() == hash_text("abc"));
}

TEST_CASE("bytes that are kept are those that a hasher is fed with") {
  const Digest part = hash_text("x");
  const std::string kept = HashBytes().number(1ull << 40).text("ab").digest(part).take();
  CHECK(hash_text(kept) == Hasher().number(1ull << 40).text("ab").digest(part).finish());
}

TEST_CASE("a file's digest is that of its content, however long") {
  const auto folder = ScratchFolder::create("hash-test").value();
  const std::string path = folder.path() + "/a", content(3'000'000, 'x');
  REQUIRE(write_file(path, content));
  CHECK(hash_file(path).value() == hash_text(content));
  REQUIRE(write_file(path, ""));
  CHECK(hash_file(path).value() == hash_text(""));
}

TEST_CASE("what is no regular file has no digest") {
  const auto folder = ScratchFolder::create("hash-test").value();
  const std::string pipe = folder.path() + "/pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK_FALSE(hash_file(pipe));
  CHECK_FALSE(hash_file(folder.path()));
  CHECK_FALSE(hash_file(folder.path() + "/none"));
  CHECK_FALSE(hash_file(folder.path()).error().next.empty());
  CHECK_FALSE(hash_file(folder.path() + "/none").error().next.empty());
}

#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A Rust program with zlib in it, which the cc crate (Debian's package of it) compiles by
# CC=autopass-clang: the objects are clang's. There is nothing to test where there is no cargo.
user_home=$HOME
. "$(dirname "$0")/common.bash"
. "$(dirname "$0")/build-systems.bash"
cargo=$(command -v cargo) || { echo "SKIPPED: there is no cargo" && exit 77; }
export CARGO_HOME=${CARGO_HOME:-$user_home/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$user_home/.rustup}
source_of zlib

(cd "$work" && apt-get download librust-cc-dev && dpkg-deb -x librust-cc-dev_*.deb crates) >"$work/log" 2>&1 ||
  { tail -n 3 "$work/log" && echo "SKIPPED: librust-cc-dev cannot be fetched" && exit 77; }
mv "$work"/crates/usr/share/cargo/registry/cc-* "$work/cc"
sed -i '/^\[dependencies.jobserver\]/,/^$/d; /^parallel = /d' "$work/cc/Cargo.toml" # another crate
printf '[package]\nname = "crc"\nversion = "0.1.0"\nedition = "2018"\n[build-dependencies]\ncc = { path = "%s" }\n' \
  "$work/cc" >Cargo.toml
cat >build.rs <<'RUST'
fn main() {
    let names = ["adler32", "crc32", "deflate", "trees", "zutil", "inflate", "inffast", "inftrees"];
    cc::Build::new().files(names.iter().map(|name| format!("source/{}.c", name))).warnings(false).compile("z");
}
RUST
mkdir src
cat >src/main.rs <<'RUST'
extern "C" { fn crc32(crc: u64, text: *const u8, size: u32) -> u64; }
fn main() { println!("{:x}", unsafe { crc32(0, b"123456789".as_ptr(), 9) }); }
RUST

by_cargo() {
  CC=$1 CARGO_TARGET_DIR=build "$cargo" build --offline --release
  [ "$(build/release/crc)" = cbf43926 ]
}
built_by stock by_cargo clang-22
[ "$compiled" = 0 ] || fail "the stock build has used autopass-clang"
built_by ours by_cargo autopass-clang
[ "$compiled" -ge 8 ] || fail "only $compiled compiles by autopass-clang: $(cat "$AUTOPASS_LOG")"
for name in adler32 crc32 deflate trees zutil inflate inffast inftrees; do
  pair=$(find stock ours -name "$name.o" -o -name "*-$name.o" | sort) # newer ones put a hash before it
  [ "$(wc -w <<<"$pair")" = 2 ] && cmp $pair || fail "$name: $pair"
done

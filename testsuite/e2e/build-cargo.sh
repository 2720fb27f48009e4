#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
# A crate with C in it (zlib, compiled by the cc crate) with CC=autopass-clang. Where there is no
# cargo, or no registry, there is nothing to test.
user_home=$HOME
. "$(dirname "$0")/common.bash"
cargo=$(command -v cargo) || { echo "SKIPPED: there is no cargo" && exit 77; }
export CARGO_HOME=${CARGO_HOME:-$user_home/.cargo} RUSTUP_HOME=${RUSTUP_HOME:-$user_home/.rustup}
export AUTOPASS_LOG=$work/decisions CARGO_TARGET_DIR=$work/target

cat >Cargo.toml <<'TOML'
[package]
name = "crc"
version = "0.1.0"
edition = "2021"
[dependencies]
libz-sys = { version = "1.1", default-features = false, features = ["libc", "static"] }
TOML
mkdir src
cat >src/main.rs <<'RUST'
fn main() {
    let text = b"123456789";
    println!("{:x}", unsafe { libz_sys::crc32(0, text.as_ptr(), text.len() as u32) });
}
RUST
"$cargo" fetch >"$work/log" 2>&1 ||
  { tail -n 3 "$work/log" && echo "SKIPPED: cargo cannot fetch libz-sys" && exit 77; }

objects() { (cd "$1" && find . -name '*.o' -path '*libz-sys*' | sed 's/-[0-9a-f]\{16\}//g' | sort); }
for cc in clang-22 autopass-clang; do
  CC=$cc expect_exit 0 "$cargo" build --offline
  expect_exit 0 "$work/target/debug/crc"
  [ "$(cat "$work/out")" = cbf43926 ] || fail "$cc: another checksum: $(cat "$work/out")"
  mv "$work/target" "$work/$cc"
done
[ "$(grep -c '^compile no-snapshot' "$AUTOPASS_LOG")" -ge 10 ] || fail "not compiled by us: $(cat "$AUTOPASS_LOG")"
[ -n "$(objects "$work/clang-22")" ] && [ "$(objects "$work/clang-22")" = "$(objects "$work/autopass-clang")" ] ||
  fail "other objects were made"

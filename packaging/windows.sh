#!/usr/bin/env bash
# Builds baifang.exe on Debian; packaging/wine.sh tries it.
#
#   packaging/windows.sh [FOLDER]    # default: target/packages
#
# Needs, of Debian's own packages: rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64. Rust's standard library is built from its
# source, for Debian has none for Windows.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath -m "${1:-target/packages}")
built=target/windows
exe=$built/x86_64-pc-windows-gnu/release/baifang.exe
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
mkdir -p "$out" "$built"

# What Explorer shows under Properties is the version of Cargo.toml.
sed "s/@VERSION@/$version/; s/@NUMBERS@/${version//./,},0/" packaging/windows/baifang.rc >"$built/baifang.rc"
x86_64-w64-mingw32-windres "$built/baifang.rc" --include-dir packaging/windows -O coff -o "$built/resource.o"
RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS="-C link-arg=$PWD/$built/resource.o -C strip=symbols" \
  /usr/bin/cargo build -Zbuild-std=std,panic_abort --locked --release --target x86_64-pc-windows-gnu \
  --target-dir "$built" --bin baifang
cp "$exe" "$out/baifang.exe"
ls -l "$out/baifang.exe"

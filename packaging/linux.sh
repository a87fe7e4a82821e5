#!/usr/bin/env bash
# Builds the program for Linux so that it needs no library of the system it runs on, and puts it into a .tar.gz with what
# goes with it, and into a .deb.
#
#   packaging/linux.sh [FOLDER]    # default: target/packages
#
# Needs the toolchain of rust-toolchain.toml, Debian's libc6-dev (which has the static C library), and cargo-deb for the .deb.
# The C library is the system's own: Debian has no Rust standard library for musl, whose allocator is slower besides.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath -m "${1:-target/packages}")
target=x86_64-unknown-linux-gnu
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
export CARGO_TARGET_DIR=$PWD/target/static
mkdir -p "$out"

step() { printf '\n== %s\n' "$*"; }

step 'the program'
RUSTFLAGS='-C target-feature=+crt-static -C strip=symbols' cargo build --locked --release --target "$target" --bin baifang
program=$CARGO_TARGET_DIR/$target/release/baifang
ls -l "$program"
if ldd "$program" 2>&1 | grep '=>'; then echo 'it needs libraries'; exit 1; fi

step 'what goes with it'
with=target/packaging
rm -rf "$with"
mkdir -p "$with/completions"
"$program" man --dir "$with/man/en" --lang en
"$program" man --dir "$with/man/zh" --lang zh
for shell in bash zsh fish; do "$program" completions "$shell" -o "$with/completions/baifang.$shell"; done
# The same files give the same archive.
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}

step 'the archive'
name=baifang-$version-linux-x86_64
folder=$with/$name
mkdir -p "$folder"
cp "$program" README.md README.zh.md LICENSE rules.toml "$folder/"
cp -r docs data-samples "$folder/"
cp -r "$with/man" "$with/completions" "$folder/"
mkdir "$folder/fonts"
cp fonts/OFL-NotoSansSC.txt "$folder/fonts/"
tar --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -C "$with" -cf - "$name" |
  gzip -9n >"$out/$name.tar.gz"

step 'the Debian package'
if cargo deb --version >/dev/null 2>&1; then
  cargo deb --no-build --no-strip --target "$target" --output "$out/"
  dpkg-deb --info "$out"/baifang_*.deb
  dpkg-deb --contents "$out"/baifang_*.deb
else
  echo 'cargo-deb is not here: no .deb'
fi
ls -l "$out"

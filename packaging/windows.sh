#!/usr/bin/env bash
# Builds baifang.exe on Debian and tries it under Wine: it must write what the Linux program writes.
#
#   packaging/windows.sh [FOLDER]    # default: target/packages
#
# Needs, of Debian's own packages: rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64 wine wine64. Rust's standard library is
# built from its source, for Debian has none for Windows.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath -m "${1:-target/packages}")
built=target/windows
exe=$built/x86_64-pc-windows-gnu/release/baifang.exe
mkdir -p "$out" "$built"

step() { printf '\n== %s\n' "$*"; }

step 'the program, with its icon and version'
x86_64-w64-mingw32-windres packaging/windows/baifang.rc --include-dir packaging/windows -O coff -o "$built/resource.o"
RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS="-C link-arg=$PWD/$built/resource.o -C strip=symbols" \
  /usr/bin/cargo build -Zbuild-std=std,panic_abort --locked --release --target x86_64-pc-windows-gnu \
  --target-dir "$built" --bin baifang
ls -l "$exe"

step 'tried under Wine'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$exe" "$work/"
# Wine 8 lacks this library, which every Windows has.
cat >"$work/random.c" <<'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);
__declspec(dllexport) BOOL ProcessPrng(PBYTE buffer, SIZE_T length) { return SystemFunction036(buffer, (ULONG)length); }
C
x86_64-w64-mingw32-gcc -shared -o "$work/bcryptprimitives.dll" "$work/random.c" -ladvapi32
export WINEPREFIX=$work/wine WINEDEBUG=-all
cargo build --locked --quiet --release --bin baifang
failed=0
try() { # NAME COMMAND…: both programs write NAME, and must write the same
  local name=$1 codes
  shift
  local linux=0 windows=0
  target/release/baifang "$@" -o "$work/linux-$name" || linux=$?
  wine "$work/baifang.exe" "$@" -o "$work/windows-$name" || windows=$?
  codes="$linux $windows"
  if [ "$linux" -eq "$windows" ] && cmp -s "$work/linux-$name" "$work/windows-$name"; then
    echo "same: $name"
  else
    echo "DIFFERENT: $name (exit codes $codes)"
    failed=1
  fi
}
for lang in zh en; do
  month=(--data data-samples/office --month 2026-09 --lang $lang --quiet)
  try $lang-check.txt check "${month[@]}"
  try $lang-check.json check "${month[@]}"
  try $lang-findings.csv check "${month[@]}"
  try $lang-report.html report "${month[@]}"
  try $lang-report.md report "${month[@]}"
  try $lang-report.xlsx report "${month[@]}"
  try $lang-report.pdf report "${month[@]}"
  try $lang-rank.html rank --data data-samples/office --quarter 2026Q3 --lang $lang --quiet
  try $lang-plan.csv plan --data data-samples/office --as-of 2026-09-15 --month 2026-09 --lang $lang --quiet
  try $lang-sheet.txt sheet --data data-samples/office --date 2026-09-10 --lang $lang --quiet
done
cp "$exe" "$out/baifang.exe"
exit $failed

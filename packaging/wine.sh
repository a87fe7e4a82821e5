#!/usr/bin/env bash
# Tries baifang.exe, which packaging/windows.sh makes, under Wine: it must do what the Linux program does, and write the same
# bytes. docs/windows.md says what this shows and what only a real Windows can show.
#
#   packaging/wine.sh [FOLDER [PROGRAM]]    # default: target/packages, in which baifang.exe is, and target/release/baifang
#
# Needs, of Debian's own packages: wine wine64 gcc-mingw-w64-x86-64 locales.
set -euo pipefail
cd "$(dirname "$0")/.."
exe=$(realpath "${1:-target/packages}/baifang.exe")
linux=$(realpath "${2:-target/release/baifang}")
work=$(mktemp -d)
trap 'WINEPREFIX=$work/prefix wineserver -k 2>/dev/null || true; rm -rf "$work"' EXIT
export WINEPREFIX=$work/prefix WINEDEBUG=-all LC_ALL=C.UTF-8 LOCPATH=$work/locales
mkdir "$LOCPATH"
for locale in zh_CN en_GB; do localedef -i $locale -f UTF-8 "$LOCPATH/$locale.UTF-8"; done

step() { printf '\n== %s\n' "$*"; }
failed=0
wrong() {
  echo "WRONG: $*"
  failed=1
}
windows() { wine "$work/baifang.exe" "$@"; }

step 'Wine'
cp "$exe" "$work/"
# Wine 8 lacks this library, which every Windows has.
cat >"$work/random.c" <<'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length);
__declspec(dllexport) BOOL ProcessPrng(PBYTE buffer, SIZE_T length) { return SystemFunction036(buffer, (ULONG)length); }
C
x86_64-w64-mingw32-gcc -shared -o "$work/bcryptprimitives.dll" "$work/random.c" -ladvapi32
# Holds a file as Excel does: others may read it, not replace it.
cat >"$work/hold.c" <<'C'
#include <windows.h>
int wmain(int count, wchar_t **words) {
  HANDLE file = CreateFileW(words[1], GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
  if (file == INVALID_HANDLE_VALUE) return 1;
  CloseHandle(CreateFileW(words[2], GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL));
  Sleep(8000);
  return 0;
}
C
x86_64-w64-mingw32-gcc -municode -o "$work/hold.exe" "$work/hold.c"
windows --version

step 'the same bytes'
try() { # NAME COMMAND…: both programs write NAME
  local name=$1 ours=0 theirs=0
  shift
  "$linux" "$@" -o "$work/linux-$name" || ours=$?
  windows "$@" -o "$work/windows-$name" || theirs=$?
  if [ "$ours" -eq "$theirs" ] && cmp -s "$work/linux-$name" "$work/windows-$name"; then
    echo "same: $name"
  else
    wrong "$name (exit codes $ours, $theirs)"
  fi
}
office=data-samples/office clean=data-samples/clean
for lang in zh en; do
  month=(--data $office --month 2026-09 --lang $lang --quiet)
  try $lang-check.txt check "${month[@]}"
  try $lang-check.json check "${month[@]}"
  try $lang-findings.csv check "${month[@]}"
  for format in html md xlsx pdf; do try $lang-report.$format report "${month[@]}"; done
  try $lang-rank.html rank --data $office --quarter 2026Q3 --lang $lang --quiet
  try $lang-outlook.html outlook --data $office --as-of 2026-09-15 --lang $lang --quiet
  try $lang-plan.csv plan --data $office --as-of 2026-09-15 --month 2026-09 --lang $lang --quiet
  for format in txt html pdf xlsx; do try $lang-sheet.$format sheet --data $office --date 2026-09-10 --lang $lang --quiet; done
  try $lang-day.html day M005 2026-09-04 --data $office --lang $lang --quiet
  try $lang-sample.xlsx sample "${month[@]}" --seed 20260930
done

step 'the month, and a folder dropped'
mkdir "$work/九月"
cp $office/* "$work/九月/"
ours=0 theirs=0
"$linux" "$work/九月" --lang zh 2>/dev/null || ours=$?
(cd "$work" && "$linux" month --data 九月 --dir linux --lang zh --quiet) || ours=$?
(cd "$work" && windows month --data 九月 --dir windows --lang zh --quiet) || theirs=$?
[ "$ours" -eq "$theirs" ] || wrong "exit codes $ours, $theirs"
diff -rq "$work/linux" "$work/windows" && echo 'same: all of the month' || wrong 'month'
# As Explorer passes it; standard input ends, as when the window is closed.
(cd / && LC_ALL=zh_CN.UTF-8 windows "$(winepath -w "$work/九月")" </dev/null) || theirs=$?
[ -f "$work/九月-月报/2026-09/index.html" ] && echo 'made: 九月-月报' || wrong 'a folder dropped'

step 'paths, devices, files held open, code pages'
long=$work
for _ in 1 2 3 4 5 6 7 8; do long=$long/$(printf '很长的文件夹名%.0s' 1 2 3 4 5 6); done
mkdir -p "$long"
cp $clean/* "$long/"
echo "${#long} characters"
windows check --data "$long" --month 2026-09 --fail-on never --quiet -o "$long/check.txt" && [ -s "$long/check.txt" ] ||
  wrong 'a path of over 260 characters'
windows check --data $clean --month 2026-09 --fail-on never --quiet -o NUL || wrong '-o NUL'
[ ! -e NUL ] || wrong '-o NUL made a file'
windows report --data $office --month 2026-09 --quiet -o "$work/held.xlsx"
wine "$work/hold.exe" "$(winepath -w "$work/held.xlsx")" "$(winepath -w "$work/is-held")" &
until [ -e "$work/is-held" ]; do sleep 0.2; done
code=0
windows report --data $office --month 2026-09 --lang zh --quiet -o "$work/held.xlsx" 2>"$work/said" || code=$?
cat "$work/said"
[ "$code" -eq 2 ] && grep -q 'Excel' "$work/said" || wrong "a file held open (exit code $code)"
wait $!
for page in 936 65001 437; do
  wine cmd /c "chcp $page >nul & $(winepath -w "$work/baifang.exe") check --data $office --month 2026-09 --lang zh --quiet" \
    >"$work/page-$page.txt" 2>/dev/null || true
  cmp "$work/page-$page.txt" "$work/linux-zh-check.txt" && echo "same: code page $page" || wrong "code page $page"
done

step "the suite's messages, under Wine"
# Wine takes names of files for text in the locale's character set, so that the locales which tests name must be there.
cat >"$work/baifang" <<SH
#!/bin/sh
case \${LC_ALL:-} in C) export LC_ALL=C.UTF-8 ;; esac
exec wine '$work/baifang.exe' "\$@"
SH
chmod +x "$work/baifang"
BAIFANG_PROGRAM=$work/baifang cargo test --locked --quiet --test it -- errors:: || wrong 'messages'
exit $failed

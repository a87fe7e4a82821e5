#!/usr/bin/env bash
# Makes the pictures of README.zh.md from the sample data, and notes in docs/pictures/sources.txt what they show: a test
# (`cargo test readme::`) says when that is no longer what the program says.
#
#   packaging/pictures.sh [PROGRAM]    # default: target/release/baifang
#
# Needs chromium, pdftoppm, pngquant and a Chinese font (Debian: fonts-noto-cjk).
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${1:-target/release/baifang}")
pictures=$PWD/docs/pictures
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/browser"
ln -s "$program" "$work/bin/baifang"
ln -s "$PWD/data-samples" "$work/data-samples"
export PATH=$work/bin:$PATH LC_ALL=C.UTF-8
cd "$work"
sample=(--data data-samples/clean --month 2026-09 --lang zh --quiet)

photograph() { # PAGE PICTURE WIDTH,HEIGHT
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --disable-lcd-text --user-data-dir="$work/browser" --window-size="$3" \
    --force-device-scale-factor=1 --screenshot="$pictures/$2" "file://$work/$1" 2>/dev/null
}

page() { # PDF PICTURE RESOLUTION: its first page
  pdftoppm -f 1 -l 1 -r "$3" -gray -png -singlefile "$1" "$pictures/${2%.png}"
}

# What each picture shows, as text: name, and the command that says it.
shows() {
  cat <<'SOURCES'
table.png baifang check --data data-samples/clean --month 2026-09 --lang zh --findings none | head -13
report.png baifang report --data data-samples/clean --month 2026-09 --lang zh --format md | sed -n '1,/^## 各规则结论/p'
sheet.png baifang sheet --data data-samples/clean --date 2026-09-22 --manager M003 --lang zh
notice.png baifang notice --data data-samples/clean --month 2026-09 --lang zh --date 2026-10-12 --format md --dir n && head -40 n/整改-2026-09-M003.md
SOURCES
}
shows | while read -r picture command; do
  echo "$picture $(sh -c "$command" 2>/dev/null | sha256sum | cut -d ' ' -f 1) $command"
done >"$pictures/sources.txt"

{
  echo '<!doctype html><meta charset="utf-8"><style>body{margin:0;padding:16px;background:#fff}'
  echo 'pre{font:15px/1.5 "Noto Sans Mono CJK SC",monospace;margin:0}</style><pre>'
  (baifang check "${sample[@]}" --findings none || [ $? -eq 1 ]) | head -13 | sed 's/&/\&amp;/g; s/</\&lt;/g'
  echo '</pre>'
} >table.html
photograph table.html table.png 640,330
baifang report "${sample[@]}" -o report.html
photograph report.html report.png 1000,740
baifang sheet --data data-samples/clean --date 2026-09-22 --manager M003 --lang zh --quiet -o sheet.pdf
page sheet.pdf sheet.png 80
baifang notice "${sample[@]}" --date 2026-10-12 --format pdf --dir letters
page 'letters/整改-2026-09-M003.pdf' notice.png 72
pngquant --force --ext .png 32 "$pictures"/*.png
ls -l "$pictures"

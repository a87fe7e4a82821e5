#!/usr/bin/env bash
# Puts baifang.exe, which packaging/windows.sh makes, into the .zip that users of Windows get: the program, its description in
# Chinese as a page, rules.toml, an example folder to drop on it, the licences.
#
#   packaging/zip.sh [FOLDER]    # default: target/packages; baifang.exe is in it
#
# Needs cmark-gfm, python3 and unzip.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath -m "${1:-target/packages}")
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
name=baifang-$version-windows-x86_64
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
folder=$work/$name
mkdir -p "$folder/示例数据" "$folder/licences"
export LC_ALL=C.UTF-8

cp "$out/baifang.exe" rules.toml "$folder/"
cp data-samples/office/* "$folder/示例数据/"
cp LICENSE fonts/OFL-NotoSansSC.txt docs/licences/THIRD-PARTY.txt "$folder/licences/"

# The page is README.zh.md up to what only those with the source can do, with its pictures inside and no links to what is not
# in the archive.
for picture in docs/pictures/*.png; do
  printf 's|"%s"|"data:image/png;base64,%s"|\n' "$picture" "$(base64 -w 0 "$picture")"
done >"$work/pictures.sed"
{
  echo '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>拜访（baifang）使用说明</title>'
  echo '<meta name="viewport" content="width=device-width,initial-scale=1"><style>'
  echo 'body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:16px/1.7 "Microsoft YaHei","Noto Sans CJK SC",sans-serif}'
  echo 'img{max-width:100%;border:1px solid #ccc}table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.3rem .6rem}'
  echo 'code{font-family:Consolas,monospace}pre{background:#f4f4f4;padding:.6rem;overflow-x:auto}'
  echo '</style>'
  sed '/^## 从源代码/,$d; s/\[\([^]]*\)\](docs\/[^)]*\.md)/\1/g' README.zh.md | cmark-gfm --extension table |
    sed -f "$work/pictures.sed"
  echo '</html>'
} >"$folder/使用说明.html"
if grep -oE '(src|href)="[^d#][^"]*"' "$folder/使用说明.html" | grep -v '"rules.toml"'; then
  echo 'the page leads to what is not in the archive'
  exit 1
fi

# The same files give the same archive.
find "$folder" -exec touch -h -d "@${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}" {} +
rm -f "$out/$name.zip"
# Python marks Chinese names as UTF-8, which Explorer asks for and Debian's zip does not.
(cd "$work" && TZ=UTC python3 - "$name" "$out/$name.zip" <<'PY'
import pathlib, sys, zipfile
with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
    for path in sorted(path for path in pathlib.Path(sys.argv[1]).rglob("*") if path.is_file()):
        archive.write(path)
PY
)
unzip -l "$out/$name.zip"

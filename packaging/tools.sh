#!/usr/bin/env bash
# Installs what the other scripts need, on Debian 12 and as root. Exit code 3: it cannot be had here.
#
#   packaging/tools.sh [--all]
set -euo pipefail

packages=(rustc-web cargo-web rust-web-src gcc-mingw-w64-x86-64 wine wine64 locales libc6-dev cmark-gfm python3 unzip)
missing=()
for package in "${packages[@]}"; do
  dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q ' installed$' || missing+=("$package")
done
echo "missing: ${missing[*]:-none}"
if [ "${#missing[@]}" -gt 0 ]; then
  [ "$(id -u)" -eq 0 ] || exit 3
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null || exit 3
fi
# What makes the .deb and the SBOM takes minutes to build: it is left out unless all is asked for.
[ "${1:-}" = --all ] || exit 0
cargo deb --version >/dev/null 2>&1 || cargo install --quiet --locked --no-default-features cargo-deb@3.8.0 || exit 3
cargo cyclonedx --version >/dev/null 2>&1 || cargo install --quiet --locked cargo-cyclonedx@0.5.9 || exit 3

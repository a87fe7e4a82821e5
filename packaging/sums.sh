#!/usr/bin/env bash
# Lists what the program is built from (SBOM, CycloneDX 1.5) and the checksums of all packages.
#
#   packaging/sums.sh [FOLDER]    # default: target/packages
#
# Needs cargo-cyclonedx.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath -m "${1:-target/packages}")
if cargo cyclonedx --version >/dev/null 2>&1; then
  cargo cyclonedx --format json --spec-version 1.5 --target all --override-filename baifang.cdx
  # Where it was built is nobody's business.
  sed "s|file://$PWD|file://.|g" baifang.cdx.json >"$out/baifang.cdx.json"
  rm baifang.cdx.json
else
  echo 'cargo-cyclonedx is not here: no SBOM'
fi
cd "$out"
rm -f SHA256SUMS
sha256sum -- *.zip *.tar.gz *.deb *.cdx.json 2>/dev/null >SHA256SUMS || true
cat SHA256SUMS

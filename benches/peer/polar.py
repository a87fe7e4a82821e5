"""The Polars side of shapes.py, a process of its own: every file loaded whole, every cell as text, nothing asked of it.

    python3 benches/peer/polar.py DATA [DELIMITER [ENCODING]]
"""

import sys
from pathlib import Path

import polars


def main(data, delimiter=",", encoding="utf8"):
    tables = [
        polars.read_csv(file, separator=delimiter, encoding=encoding, infer_schema=False)
        for file in sorted(Path(data).glob("*.csv"))
    ]
    assert all(table.height for table in tables)


if __name__ == "__main__":
    main(*sys.argv[1:])

#!/usr/bin/env python3
"""baifang beside DuckDB: the same files, the same run, in turn, and the same counts.

    pip install duckdb
    cargo build --release --example generate && cargo build --release
    python3 benches/peer/peer.py city province nation

For each size the script generates a month (once; it stays in target/peer), lets baifang and DuckDB read it in turn,
each as a fresh process, and prints time and peak memory as a table. It fails if their counts differ: for every manager
the assessed, failed and pending units of the four headline rules, which four_rules.sql states anew from the contract.

What is compared is not equal work. baifang reads all nine kinds of file, accounts for every row, hashes every file,
judges all rules and keeps the evidence of what it finds. DuckDB reads five of the files, of them the columns it needs,
and counts four rules: what one would write by hand for these four numbers, and about the least that can be done.
"""

import sys
from importlib.metadata import version
from pathlib import Path
from statistics import median

import measure
from measure import KINDS, RULES, megabytes

MANAGERS = {"city": 150, "province": 2000, "nation": 40000}


def main():
    options = arguments()
    # First all measurements, then all comparisons: a process that is started inherits its parent's size as a lower
    # bound of its peak, so this script has to stay small until the last of them has ended.
    measured = [(size, *measure_size(size, options)) for size in options.sizes]
    for size in options.sizes:
        compare(size, options)
    print_table(measured, options)


def arguments():
    parser = measure.parser("Times baifang and DuckDB on the same files, compares counts.")
    parser.add_argument("sizes", nargs="+", choices=MANAGERS, help="how many managers: %(choices)s")
    parser.add_argument("--data", default="target/peer", type=Path, help="keeps the data; default: %(default)s")
    options = parser.parse_args()
    options.sizes = list(dict.fromkeys(options.sizes))
    return options


def measure_size(size, options):
    """Rows, bytes, and each program's runs."""
    managers = ["--managers", str(MANAGERS[size]), "--customers", "140"]
    folder = measure.generated(options.data / size, options.generate, *managers)
    files = sorted(folder.glob("*.csv"))
    # Counting reads every file once, so that no program pays for bringing them into memory.
    rows = sum(count_lines(file) - 1 for file in files)
    size_of = {file.stem: file.stat().st_size for file in files}
    commands = {
        "baifang": measure.baifang(options, "check", folder, answer(size, "json", options)),
        "duckdb": measure.duckdb(options, folder, answer(size, "csv", options)),
        # What DuckDB's process costs before it reads anything.
        "idle": [sys.executable, "-c", "import duckdb; duckdb.connect()"],
    }
    runs = {name: [] for name in commands}
    for number in range(1, options.rounds + 1):
        print(f"{size}: round {number} of {options.rounds}", file=sys.stderr)
        for name, command in commands.items():
            runs[name].append(measure.run(command, options.threads))
    return rows, sum(size_of.values()), sum(size_of[kind] for kind in KINDS), runs


def answer(size, ending, options):
    return options.data / f"{size}.{ending}"


def count_lines(file):
    """Rows are lines here: the generator's clean style quotes no line breaks."""
    with open(file, "rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))


def compare(size, options):
    """Ends the run at the first manager and rule on which the two disagree."""
    said = measure.read_json(answer(size, "json", options))
    assessed, failed, differing = measure.compare(said, answer(size, "csv", options))
    if differing:
        sys.exit(f"{size}: {differing}")
    managers = len(said["managers"])
    print(
        f"{size}: {managers} managers × {len(RULES)} rules agree ({failed} of {assessed} units failed)", file=sys.stderr
    )


def print_table(measured, options):
    print(
        "| size | managers | rows | MB (DuckDB's) | cores | baifang s, min / median | DuckDB s, min / median "
        "| baifang ÷ DuckDB | peak MB, baifang / DuckDB |"
    )
    print("| --- |" + " ---: |" * 8)
    for size, rows, total, needed, runs in measured:
        seconds = {name: [run.seconds for run in rounds] for name, rounds in runs.items()}
        peak = {name: max(run.peak for run in rounds) for name, rounds in runs.items()}
        cells = [
            size,
            f"{MANAGERS[size]:,}",
            f"{rows:,}",
            f"{megabytes(total)} ({megabytes(needed)})",
            str(options.threads),
            f"{min(seconds['baifang']):.2f} / {median(seconds['baifang']):.2f}",
            f"{min(seconds['duckdb']):.2f} / {median(seconds['duckdb']):.2f}",
            f"{median(seconds['baifang']) / median(seconds['duckdb']):.2f}",
            f"{megabytes(peak['baifang'])} / {megabytes(peak['duckdb'])}",
        ]
        print("| " + " | ".join(cells) + " |")
    idle = median(run.seconds for *_, runs in measured for run in runs["idle"])
    print(
        f"\nMedians of {options.rounds} rounds, files in memory. baifang: nine kinds of file, all rules; "
        f"DuckDB {version('duckdb')}: five kinds, four rules,\n"
        f"{idle:.2f} s of it to start Python and DuckDB."
    )


if __name__ == "__main__":
    main()

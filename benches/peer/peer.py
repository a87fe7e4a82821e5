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

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
MANAGERS = {"city": 150, "province": 2000, "nation": 40000}
RULES = ["first-arrival", "field-time", "unplanned-cap", "onsite-share"]
# The kinds that four_rules.sql reads, and what must not have happened to their rows for its plain reading to hold.
KINDS = ["customers", "visits", "plans", "days", "managers"]
UNCLEAN = ["blank", "total", "repeat", "superseded", "mended", "rejected"]


def main():
    options = arguments()
    # First all measurements, then all comparisons: a process that is started inherits its parent's size as a lower
    # bound of its peak, so this script has to stay small until the last of them has ended.
    measured = [(size, *measure_size(size, options)) for size in options.sizes]
    for size in options.sizes:
        compare(size, options)
    print_table(measured, options)


def arguments():
    parser = argparse.ArgumentParser(description="Times baifang and DuckDB on the same files, compares counts.")
    parser.add_argument("sizes", nargs="+", choices=MANAGERS, help="how many managers: %(choices)s")
    parser.add_argument("--baifang", default="target/release/baifang", help="default: %(default)s")
    parser.add_argument("--generate", default="target/release/examples/generate", help="default: %(default)s")
    parser.add_argument("--rules", default="rules.toml", help="default: %(default)s")
    parser.add_argument("--data", default="target/peer", type=Path, help="keeps the data; default: %(default)s")
    parser.add_argument("--rounds", default=3, type=int, help="default: %(default)s")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    parser.add_argument("--threads", default=cores, type=int, help="for both; default: the cores there are")
    options = parser.parse_args()
    options.sizes = list(dict.fromkeys(options.sizes))
    return options


# ---- Measuring ------------------------------------------------------------------------------------------------------


def measure_size(size, options):
    """Rows, bytes, and each program's (seconds, peak bytes) of every round."""
    folder = generated(size, options)
    files = sorted(folder.glob("*.csv"))
    # Counting reads every file once, so that no program pays for bringing them into memory.
    rows = sum(count_lines(file) - 1 for file in files)
    size_of = {file.stem: file.stat().st_size for file in files}
    environment = os.environ | {"RAYON_NUM_THREADS": str(options.threads)}
    baifang = [options.baifang, "check", "--data", folder, "--rules", options.rules, "--findings", "none"]
    baifang += ["--format", "json", "--quiet", "--fail-on", "never", "-o", answer(size, "json", options)]
    duck = [sys.executable, HERE / "duck.py", folder, options.rules, str(options.threads), answer(size, "csv", options)]
    # What DuckDB's process costs before it reads anything.
    idle = [sys.executable, "-c", "import duckdb; duckdb.connect()"]
    runs = {"baifang": [], "duckdb": [], "idle": []}
    for number in range(1, options.rounds + 1):
        print(f"{size}: round {number} of {options.rounds}", file=sys.stderr)
        for name, command in (("baifang", baifang), ("duckdb", duck), ("idle", idle)):
            runs[name].append(run(command, environment))
    return rows, sum(size_of.values()), sum(size_of[kind] for kind in KINDS), runs


def generated(size, options):
    folder = options.data / size
    if not folder.exists():
        print(f"{size}: generating", file=sys.stderr)
        # Under another name until it is whole.
        partial = options.data / f"{size}.part"
        shape = ["--managers", str(MANAGERS[size]), "--customers", "140", "--months", "1"]
        subprocess.run([options.generate, "--out", partial, *shape], check=True)
        partial.rename(folder)
    return folder


def answer(size, ending, options):
    return options.data / f"{size}.{ending}"


def count_lines(file):
    """Rows are lines here: the generator's clean style quotes no line breaks."""
    with open(file, "rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))


def run(command, environment):
    """Seconds and peak resident bytes of one process."""
    started = time.perf_counter()
    child = subprocess.Popen(command, env=environment)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"exit code {child.returncode}: {' '.join(map(str, command))}")
    # Kilobytes on Linux, bytes on macOS.
    return seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


# ---- Comparing ------------------------------------------------------------------------------------------------------


def compare(size, options):
    """Ends the run at the first manager and rule on which the two disagree."""
    said = json.loads(answer(size, "json", options).read_bytes())
    for entry in said["inputs"]:
        unclean = {fate: n for fate, n in entry["rows"].items() if fate in UNCLEAN and n > 0}
        if entry["kind"] in KINDS and (unclean or entry["bad_cells"]):
            sys.exit(f"{size}: {entry['path']} is not clean, the SQL would misread it: {unclean or 'bad cells'}")

    # A rule that is assessed for nobody has no results, so everybody's stand at nothing.
    ours = {(entry["manager_id"], rule): (0, 0, 0) for entry in said["managers"] for rule in RULES}
    for entry in said["results"]:
        if entry["rule"] in RULES:
            counts = (entry["assessed"], entry["failed"], entry["pending"])
            ours[entry["manager_id"], entry["rule"]] = counts
    theirs = {}
    with open(answer(size, "csv", options), encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            counts = (int(row["assessed"]), int(row["failed"]), int(row["pending"]))
            theirs[row["manager_id"], row["rule"]] = counts

    for key in sorted(ours.keys() | theirs.keys()):
        if ours.get(key) != theirs.get(key):
            manager, rule = key
            sys.exit(
                f"{size}: {manager} {rule}, (assessed, failed, pending): "
                f"baifang {ours.get(key, 'no such manager')}, DuckDB {theirs.get(key, 'no such manager')}"
            )
    failed = sum(counts[1] for counts in ours.values())
    assessed = sum(counts[0] for counts in ours.values())
    print(
        f"{size}: {len(said['managers'])} managers × {len(RULES)} rules agree ({failed} of {assessed} units failed)",
        file=sys.stderr,
    )


# ---- The table ------------------------------------------------------------------------------------------------------


def print_table(measured, options):
    print(
        "| size | managers | rows | MB (DuckDB's) | cores | baifang s, min / median | DuckDB s, min / median "
        "| baifang ÷ DuckDB | peak MB, baifang / DuckDB |"
    )
    print("| --- |" + " ---: |" * 8)
    for size, rows, total, needed, runs in measured:
        seconds = {name: [seconds for seconds, _ in rounds] for name, rounds in runs.items()}
        peak = {name: max(peak for _, peak in rounds) for name, rounds in runs.items()}
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
    idle = median(seconds for *_, runs in measured for seconds, _ in runs["idle"])
    print(
        f"\nMedians of {options.rounds} rounds, files in memory. baifang: nine kinds of file, all rules; "
        f"DuckDB {version('duckdb')}: five kinds, four rules,\n"
        f"{idle:.2f} s of it to start Python and DuckDB."
    )


def megabytes(size):
    return f"{size / 1e6:,.0f}"


if __name__ == "__main__":
    main()

"""What the measuring scripts share: a month's data, a measured process, and what two programs counted."""

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
RULES = ["first-arrival", "field-time", "unplanned-cap", "onsite-share"]
# The kinds that four_rules.sql reads, and what must not have happened to their rows for its plain reading to hold.
KINDS = ["customers", "visits", "plans", "days", "managers"]
UNCLEAN = ["blank", "total", "repeat", "superseded", "mended", "rejected"]


@dataclass
class Run:
    """One process: seconds on the clock, seconds of processor, peak resident bytes."""

    seconds: float
    core_seconds: float
    peak: int


def parser(description):
    """The options of all scripts."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument("--baifang", default="target/release/baifang", help="default: %(default)s")
    options.add_argument("--generate", default="target/release/examples/generate", help="default: %(default)s")
    options.add_argument("--rules", default="rules.toml", help="default: %(default)s")
    options.add_argument("--rounds", default=3, type=int, help="default: %(default)s")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    options.add_argument("--threads", default=cores, type=int, help="for each program; default: the cores there are")
    return options


def generated(folder, generate, *arguments):
    """The folder with a month's data, made once."""
    if not folder.exists():
        print(f"{folder.name}: generating", file=sys.stderr)
        # Under another name until it is whole.
        partial = folder.with_name(folder.name + ".part")
        subprocess.run([generate, "--out", partial, "--months", "1", *arguments], check=True)
        partial.rename(folder)
    return folder


def baifang(options, command, folder, output):
    """`check` or `lint` as scripts use them."""
    line = [options.baifang, command, "--data", folder, "--rules", options.rules, "--format", "json", "--quiet"]
    if command == "check":
        line += ["--findings", "none", "--fail-on", "never"]
    return line + ["-o", output]


def duckdb(options, folder, output, *dialect):
    return [sys.executable, HERE / "duck.py", folder, options.rules, str(options.threads), output, *dialect]


def run(command, threads):
    """`threads` goes to each program in its own way; to DuckDB as an argument."""
    environment = os.environ | {"RAYON_NUM_THREADS": str(threads), "POLARS_MAX_THREADS": str(threads)}
    started = time.perf_counter()
    child = subprocess.Popen(command, env=environment)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"exit code {child.returncode}: {' '.join(map(str, command))}")
    # Kilobytes on Linux, bytes on macOS.
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Run(seconds, usage.ru_utime + usage.ru_stime, peak)


def compare(said, theirs):
    """How many units were assessed and failed, and the first thing in which the two programs differ, if they do.

    `said` is what baifang wrote, `theirs` the file that DuckDB wrote.
    """
    for entry in said["inputs"]:
        unclean = {fate: n for fate, n in entry["rows"].items() if fate in UNCLEAN and n > 0}
        if entry["kind"] in KINDS and (unclean or entry["bad_cells"]):
            return 0, 0, f"{entry['path']} is not clean, the SQL misreads it: {unclean or 'bad cells'}"

    # A rule that is assessed for nobody has no results, so everybody's stand at nothing.
    ours = {(entry["manager_id"], rule): (0, 0, 0) for entry in said["managers"] for rule in RULES}
    for entry in said["results"]:
        if entry["rule"] in RULES:
            counts = (entry["assessed"], entry["failed"], entry["pending"])
            ours[entry["manager_id"], entry["rule"]] = counts
    counted = {}
    with open(theirs, encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            counts = (int(row["assessed"]), int(row["failed"]), int(row["pending"]))
            counted[row["manager_id"], row["rule"]] = counts

    differing = None
    for key in sorted(ours.keys() | counted.keys()):
        if ours.get(key) != counted.get(key):
            differing = (
                f"{' '.join(key)}, (assessed, failed, pending): baifang {ours.get(key, 'no such manager')}, "
                f"DuckDB {counted.get(key, 'no such manager')}"
            )
            break
    return sum(counts[0] for counts in ours.values()), sum(counts[1] for counts in ours.values()), differing


def read_json(path):
    return json.loads(path.read_bytes())


def megabytes(size):
    return f"{size / 1e6:,.0f}"

#!/usr/bin/env python3
"""baifang on the same province's month in every shape that other programs would give its files, beside DuckDB and Polars.

    python3 -m venv target/venv && target/venv/bin/pip install duckdb polars
    cargo build --release --bin baifang --example generate
    target/venv/bin/python benches/peer/shapes.py

For each shape the script generates the month (once), and lets `baifang check`, `baifang lint`, DuckDB with four_rules.sql
and Polars, which only loads the files as text, read it in turn, each as a fresh process. It prints what each took, and
how that compares. It fails if the verdicts of any two shapes differ, or the counts of baifang and DuckDB.
"""

import hashlib
import json
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import measure
from measure import HERE, Run, megabytes

SHAPES = ["plain", "time", "quoted", "empty-quotes", "crlf", "tab", "gb18030", "falling", "repeating"]
SHAPES += ["time+empty-quotes+repeating", "all", "all-gb18030"]
# Shapes in GB18030, and the same rows in UTF-8.
TWINS = {"gb18030": "plain", "all-gb18030": "all"}
PROGRAMS = ["check", "lint", "DuckDB", "Polars"]
# Each measure: its head, the target, and whether a value meets it for a shape.
MEASURES = [
    ("DuckDB ÷ check", "≥ 2", lambda value, _: value >= 2),
    ("Polars ÷ check", "≥ 1", lambda value, _: value >= 1),
    ("a byte, ÷ the fastest shape's", "≤ 1.4; GB18030: ≤ 2", lambda value, shape: value <= slowest(shape)),
    ("lint ÷ check", "≤ 1.3", lambda value, _: value <= 1.3),
]
PEAK = 1.2


@dataclass
class Measured:
    shape: str
    size: int
    runs: dict[str, Run]


def main():
    options = arguments()
    # First all measurements, then all comparisons, as in peer.py.
    print_times_head()
    measured = []
    for shape in options.shapes:
        measured.append(measure_shape(shape, options))
        print_times(measured[-1])
    print_ratios(measured)
    print(
        f"\nRatios of seconds / of core-seconds. The least of {options.rounds} rounds, {options.threads} threads, files in "
        f"memory; peaks: the greatest. "
        f"DuckDB {version('duckdb')}: four rules; Polars {version('polars')}: loads the files as text."
    )
    differing = list(differences(options))
    if differing:
        sys.exit("\n".join(differing))


def arguments():
    parser = measure.parser("Times baifang, DuckDB and Polars on the same month in many shapes.")
    parser.add_argument("shapes", nargs="*", default=SHAPES, help="shapes of the generator; default: all that matter")
    parser.add_argument("--managers", default=2600, type=int, help="default: %(default)s, a province")
    parser.add_argument("--customers", default=104, type=int, help="of each; default: %(default)s")
    parser.add_argument("--data", type=Path, help="keeps the data; default: target/peer/MANAGERSxCUSTOMERS")
    options = parser.parse_args()
    options.data = options.data or Path(f"target/peer/{options.managers}x{options.customers}")
    return options


def measure_shape(shape, options):
    folder = generated(shape, options)
    # DuckDB has no GB18030 of its own, and is given the same rows in UTF-8: nothing is charged for recoding them.
    in_utf8 = generated(TWINS.get(shape, shape), options)
    delimiter = "\t" if shape.startswith("all") or "tab" in shape.split("+") else ","
    encoding = "gb18030" if shape in TWINS else "utf8"
    commands = [
        measure.baifang(options, "check", folder, answer(shape, "json", options)),
        measure.baifang(options, "lint", folder, answer(shape, "lint.json", options)),
        measure.duckdb(options, in_utf8, answer(shape, "csv", options), delimiter),
        [sys.executable, HERE / "polar.py", folder, delimiter, encoding],
    ]
    rounds = {name: [] for name in PROGRAMS}
    read_all({*folder.glob("*.csv"), *in_utf8.glob("*.csv")})
    for number in range(1, options.rounds + 1):
        print(f"{shape}: round {number} of {options.rounds}", file=sys.stderr)
        for name, command in zip(PROGRAMS, commands):
            rounds[name].append(measure.run(command, options.threads))
    size = sum(file.stat().st_size for file in folder.glob("*.csv"))
    return Measured(shape, size, {name: least(runs) for name, runs in rounds.items()})


def generated(shape, options):
    managers = ["--managers", str(options.managers), "--customers", str(options.customers)]
    return measure.generated(options.data / shape, options.generate, *managers, "--shape", shape)


def read_all(files):
    """So that no program pays for bringing them into memory."""
    for file in files:
        with open(file, "rb") as stream:
            while stream.read(1 << 20):
                pass


def least(runs):
    """What else the machine does only adds to a time, so the least is the nearest to the program's own."""
    return Run(min(run.seconds for run in runs), min(run.core_seconds for run in runs), max(run.peak for run in runs))


def answer(shape, ending, options):
    return options.data / f"{shape}.{ending}"


# ---- Comparing ------------------------------------------------------------------------------------------------------


def differences(options):
    """What the shapes or the programs disagree on."""
    first = None
    for shape in options.shapes:
        said = measure.read_json(answer(shape, "json", options))
        _, _, differing = measure.compare(said, answer(shape, "csv", options))
        if differing:
            yield f"{shape}: {differing}"
        verdicts = {key: said[key] for key in ("managers", "results", "not_assessed")}
        digest = hashlib.sha256(json.dumps(verdicts).encode()).hexdigest()
        first = first or digest
        if digest != first:
            yield f"{shape}: other verdicts than {options.shapes[0]}"


# ---- The tables -----------------------------------------------------------------------------------------------------


def print_times_head():
    print("| shape | MB | " + " | ".join(f"{name} s | core-s | peak MB" for name in PROGRAMS) + " |")
    print("| --- |" + " ---: |" * (1 + 3 * len(PROGRAMS)))


def print_times(entry):
    cells = [entry.shape, megabytes(entry.size)]
    for run in entry.runs.values():
        cells += [f"{run.seconds:.2f}", f"{run.core_seconds:.2f}", megabytes(run.peak)]
    # At once: a long run that is stopped has still told something.
    print("| " + " | ".join(cells) + " |", flush=True)


def print_ratios(measured):
    """What misses its target is bold."""
    heads = [f"{head} ({target})" for head, target, _ in MEASURES] + [f"check's peak ÷ files (≤ {PEAK})"]
    print("\n| shape | " + " | ".join(heads) + " |")
    print("| --- |" + " ---: |" * len(heads))
    in_time = ratios(measured, lambda run: run.seconds)
    in_core_time = ratios(measured, lambda run: run.core_seconds)
    for entry, seconds, core_seconds in zip(measured, in_time, in_core_time):
        cells = [
            f"{marked(value, met(value, entry.shape))} / {core:.2f}"
            for value, core, (_, _, met) in zip(seconds, core_seconds, MEASURES)
        ]
        peak = entry.runs["check"].peak / entry.size
        print("| " + " | ".join([entry.shape, *cells, marked(peak, peak <= PEAK)]) + " |")


def ratios(measured, of):
    """For each shape, the values of MEASURES in one kind of time."""
    fastest = min(of(entry.runs["check"]) / entry.size for entry in measured)
    for entry in measured:
        check, lint, duckdb, polars = (of(run) for run in entry.runs.values())
        yield duckdb / check, polars / check, check / entry.size / fastest, lint / check


def marked(value, met):
    return f"{value:.2f}" if met else f"**{value:.2f}**"


def slowest(shape):
    return 2 if shape in TWINS else 1.4


if __name__ == "__main__":
    main()

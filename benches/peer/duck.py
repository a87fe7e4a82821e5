"""The DuckDB side of peer.py, a process of its own so that its time and memory can be measured.

    python3 benches/peer/duck.py DATA RULES THREADS OUTPUT [DELIMITER]

Hands rules.toml's limits and calendar to four_rules.sql and lets it write manager, rule, assessed, failed, pending.
"""

import sys
import tomllib
from datetime import time
from decimal import Decimal
from pathlib import Path

import duckdb


def main(data, rules_path, threads, output, delimiter=","):
    # Decimal: percentages may have two decimals and are compared exactly.
    rules = tomllib.loads(Path(rules_path).read_text("utf-8"), parse_float=Decimal)
    rule, calendar = rules["rules"], rules["calendar"]
    field = rule["field-time"]
    variables = {
        "data": data,
        "output": output,
        "delimiter": delimiter,
        "arrive_by": time.fromisoformat(rule["first-arrival"]["by"]),
        "field_us": int(field["hours"] * 3_600_000_000),
        "max_gap_us": field["max_gap_minutes"] * 60_000_000,
        "field_days": field["days"],
        "max_percent": rule["unplanned-cap"]["max_percent"],
        "min_percent": rule["onsite-share"]["min_percent"],
        "excusing": rules["days"]["excuse"],
        "include_suspended": rules["due"]["include_suspended"],
        "ignored_managers": rules["managers"]["ignore"],
        "holidays": calendar["holidays"],
        "makeup_workdays": calendar["makeup_workdays"],
    }
    # The order of rows in the files does not matter here; without it DuckDB reads faster and in less memory.
    connection = duckdb.connect(config={"threads": int(threads), "preserve_insertion_order": False})
    for name, value in variables.items():
        connection.execute(f"SET VARIABLE {name} = $1", [value])
    connection.execute(Path(__file__).with_name("four_rules.sql").read_text("utf-8"))


if __name__ == "__main__":
    main(*sys.argv[1:])

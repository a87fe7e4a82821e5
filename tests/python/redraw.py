"""Draws a spot check again with nothing but Python's own library.

    python3 redraw.py sample.json visits.csv

reads what `baifang sample --format json` said and the visits it drew from, and compares frames, sizes and tickets.
"""

import csv
import hashlib
import json
import math
import sys
from fractions import Fraction


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def ticket(seed_text, customer):
    number = int(sha256(sha256(seed_text) + customer), 16)
    return "0." + str(number).zfill(64)[::-1]


sample = json.load(open(sys.argv[1], encoding="utf-8"))
visited = {}
for row in csv.DictReader(open(sys.argv[2], encoding="utf-8-sig")):
    made = row.get("outcome") != "not_visited"
    if row["started_at"].startswith(sample["month"]) and made:
        visited.setdefault(row["manager_id"], set()).add(row["customer_id"])

assert sample["seed_text"] == f'{sample["seed"]}/{sample["month"]}'
drawn = 0
for manager in sample["managers"]:
    customers = visited.get(manager["manager_id"], set())
    lines = "".join(f"{customer}\n" for customer in sorted(customers, key=lambda id: id.encode("utf-8")))
    size = max(sample["min"], math.ceil(Fraction(str(sample["percent"])) * len(customers) / 100))
    size = min(size, len(customers))
    order = sorted((ticket(sample["seed_text"], customer), customer) for customer in customers)
    told = [(pick["ticket"], pick["customer_id"]) for pick in manager["drawn"]]
    assert manager["population"] == len(customers), manager
    assert manager["frame_sha256"] == sha256(lines), manager
    assert manager["size"] == size, manager
    assert told == order[: size + sample["spares"]], manager
    assert [pick["draw"] for pick in manager["drawn"]] == ["draw"] * size + ["spare"] * (len(told) - size), manager
    assert manager["last_ticket"] == (order[size - 1][0] if size else None), manager
    drawn += size
print(f'{len(sample["managers"])} managers, {drawn} customers')

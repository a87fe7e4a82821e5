"""Compares a draw with that of the published package.

    python3 published.py sample.json

needs the package consistent_sampler. Every customer of the frame must have been drawn (--percent 100).
"""

import json
import sys

from consistent_sampler import sampler

sample = json.load(open(sys.argv[1], encoding="utf-8"))
compared = 0
for manager in sample["managers"]:
    picks = manager["drawn"]
    assert len(picks) == manager["population"]
    ids = sorted(pick["customer_id"] for pick in picks)
    published = sampler(ids, seed=sample["seed_text"], output="tuple", digits=100)
    for pick, (ticket, customer, _) in zip(picks, published, strict=True):
        assert (pick["ticket"], pick["customer_id"]) == (ticket, customer), (pick, ticket, customer)
        compared += 1
print(f"{compared} tickets")

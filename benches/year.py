"""A year of a million acts between states as ICEWS rows, made by chance: `python3 year.py [N] > year.tsv`."""

from __future__ import annotations

import datetime
import random
import sys

from icews14 import COLUMNS, WORLD, rows

CODES = {
    "036": 10, "040": 30, "042": 20, "043": 8, "046": 8, "051": 6, "057": 5, "061": 3, "070": 3, "080": 2, "090": 3, "100": 5,
    "111": 8, "112": 6, "120": 4, "128": 1, "130": 2, "140": 4, "150": 1, "160": 3, "170": 2, "173": 7, "180": 2, "190": 8,
}  # fmt: skip


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    chance = random.Random(4)
    names = [row["name"] for row in rows(WORLD / "states.tsv")]
    chance.shuffle(names)
    weights = [1 / (rank + 3) for rank in range(len(names))]
    print("\t".join(COLUMNS))
    for number in range(count):
        actor, recipient = chance.choices(names, weights, k=2)
        if actor == recipient:
            continue
        date = datetime.date(2023, 1, 1) + datetime.timedelta(days=chance.randrange(365))
        code = chance.choices(list(CODES), list(CODES.values()))[0]
        cells = [number, date, f"Government ({actor})", "Government", actor, "", code, 0]
        cells += [f"Government ({recipient})", "Government", recipient, 1, 1, "Wire", "", "", "", "", "", ""]
        print("\t".join(map(str, cells)))


if __name__ == "__main__":
    main()

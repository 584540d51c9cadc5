"""How well an alignment tells alliances and voting: `entente alignment --format csv … | python3 alignment.py STATE_FOLDER`.

STATE_FOLDER holds atop_alliance_dyad_year.csv (Alliance Treaty Obligations and Provisions), unga_ideal_points_1946_2012.csv
(Bailey, Strezhnev and Voeten) and cow_states.csv. Prints, for the score, the conduct alone, and its parts: the area under
the curve for defence pacts in force in 2014, and Spearman's correlation with closeness of ideal points in 2012. Exit code 1
when the conduct has an AUC below 0.80.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from icews14 import WORLD, rows

YEAR = "2014"
VOTES = "2012"


def codes_of_states(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """ISO codes by Correlates of War numbers and by its abbreviations."""
    table = rows(WORLD / "states.tsv")
    numbers = {row["cow"]: row["code"] for row in table if row.get("cow")}
    with (folder / "cow_states.csv").open(encoding="utf8") as file:
        letters = {row["stateabb"]: numbers[row["ccode"]] for row in csv.DictReader(file) if row["ccode"] in numbers}
    return numbers, letters


def pacts(folder: Path, numbers: dict[str, str]) -> set[frozenset[str]]:
    with (folder / "atop_alliance_dyad_year.csv").open(encoding="utf8") as file:
        found = [row for row in csv.DictReader(file) if row["year"] == YEAR and row["atop_defense"] == "1"]
    pairs = [(numbers.get(row["ccode1"]), numbers.get(row["ccode2"])) for row in found]
    return {frozenset((one, other)) for one, other in pairs if one and other}


def ideal_points(folder: Path, letters: dict[str, str]) -> dict[str, float]:
    with (folder / "unga_ideal_points_1946_2012.csv").open(encoding="utf8") as file:
        found = [row for row in csv.DictReader(file) if row["Year"] == VOTES and row["idealpoint"] not in ("", "NA")]
    return {letters.get(row["CountryAbb"], row["CountryAbb"]): float(row["idealpoint"]) for row in found}


def ranks(values: list[float]) -> list[float]:
    """Ranks from 1; ties share the mean."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranked = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for place in order[start:end]:
            ranked[place] = (start + end + 1) / 2
        start = end
    return ranked


def auc(values: list[float], truths: list[bool]) -> float:
    positives = sum(truths)
    rank_sum = sum(rank for rank, truth in zip(ranks(values), truths, strict=True) if truth)
    return (rank_sum - positives * (positives + 1) / 2) / (positives * (len(truths) - positives))


def spearman(one: list[float], other: list[float]) -> float:
    one, other = ranks(one), ranks(other)
    mean = (len(one) + 1) / 2
    products = sum((a - mean) * (b - mean) for a, b in zip(one, other, strict=True))
    squares = sum((a - mean) ** 2 for a in one) * sum((b - mean) ** 2 for b in other)
    return products / squares**0.5


def main() -> None:
    folder = Path(sys.argv[1])
    numbers, letters = codes_of_states(folder)
    allied, points = pacts(folder, numbers), ideal_points(folder, letters)
    pairs = list(csv.DictReader(sys.stdin))
    states = {row[side] for row in pairs for side in ("one", "other")}
    truths = [frozenset((row["one"], row["other"])) in allied for row in pairs]
    print(f"{len(states)} states, {len(pairs)} pairs, {sum(truths)} with a defence pact in {YEAR}")
    voted = [row for row in pairs if row["one"] in points and row["other"] in points]
    closeness = [-abs(points[row["one"]] - points[row["other"]]) for row in voted]
    print(f"{len(voted)} pairs with ideal points in {VOTES}\n{'':10} AUC of pacts  Spearman of votes")
    figures = {}
    for name in ["conduct", "direct", "likeness", "ties", "score"]:
        figures[name] = auc([float(row[name]) for row in pairs], truths)
        print(f"{name:10} {figures[name]:12.3f}  {spearman([float(row[name]) for row in voted], closeness):17.3f}")
    sys.exit(int(figures["conduct"] < 0.8))


if __name__ == "__main__":
    main()

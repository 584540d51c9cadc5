"""ICEWS14 as rows that a ledger takes in: `python3 icews14.py FOLDER > icews14.tsv; entente import --from icews icews14.tsv`.

FOLDER holds entity2id.txt, relation2id.txt, train.txt and valid.txt (and test.txt, if there). The data set has names
alone; the country that ICEWS gives each party is told from the name: from its brackets (`Police_(Peru)`), from the name of
a state, or from the offices of a person in the registry on 2014-07-01. Sectors are told from the words before the brackets.
"""

from __future__ import annotations

import csv
import datetime
import sys
from pathlib import Path

WORLD = Path(__file__).resolve().parent.parent / "world"
COLUMNS = [
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
    "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District",
    "Province", "Country", "Latitude", "Longitude",
]  # fmt: skip
DAY = "2014-07-01"
# ICEWS' sectors of those who are no organs of a state, by words of the name before the brackets.
SECTORS = {
    "General Population / Civilian / Social": "citizen men women children population villager tourist indigenous protester "
    "rioter mob muslim christian sikh jew uighur ethnic settler poor detainee hunter actor pilgrim",
    "Criminals / Gangs": "criminal gang band thief murderer kidnapper attacker hacker",
    "Rebel": "militant rebel insurgent guerrilla terrorist combatant separatist extremist defector",
    "Media": "media newspaper news blogger",
    "Business": "business businessperson company employee bank industry airline engineer waiter",
    "Education": "student education professor scholar scientist economist",
    "Labor": "labor nurse",
    "Medical / Health": "medical healthcare",
    "Religious": "religion cleric preacher bishop archbishop priest monastery islamic",
    "Activists": "activist civic human rights lawyer attorney",
    "Agricultural": "farm fishermen",
    "Refugees": "refugee asylum immigrants immigrant displaced",
    "Opposition Parties": "opposition dissident party parties candidate",
}
OFFICIAL = {"ministry", "department", "commission", "court", "judge", "general", "ruling"}


def rows(table: Path) -> list[dict[str, str]]:
    lines = [line for line in table.read_text(encoding="utf8").splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    return [dict(zip(header, line.split("\t"), strict=False)) for line in lines[1:]]


def plain(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())


def values(cell: str) -> list[str]:
    return [value.strip() for value in cell.split(";") if value.strip()]


def states() -> tuple[dict[str, str], dict[str, str]]:
    """Codes by plain names, names by codes."""
    table = rows(WORLD / "states.tsv")
    codes = {plain(name): row["code"] for row in table for name in [row["name"], *values(row["aliases"])]}
    return codes, {row["code"]: row["name"] for row in table}


def officials() -> dict[str, str]:
    """Codes of persons by plain names: of the office held on the day, else of the last one before."""
    found: dict[str, tuple[str, str]] = {}
    for table in sorted((WORLD / "offices").glob("*.tsv")):
        for row in rows(table):
            begun = row["from"] or "0000"
            if begun[: len(DAY)] > DAY:
                continue
            rank = "9999" if not row["to"] or row["to"] >= DAY[: len(row["to"])] else begun
            for name in [row["person"], *values(row["aliases"])]:
                if " " in name and found.get(plain(name), ("", ""))[0] < rank:
                    found[plain(name)] = (rank, row["code"])
    return {name: code for name, (_, code) in found.items()}


def country(name: str, codes: dict[str, str], people: dict[str, str]) -> str | None:
    if name.endswith(")") and "(" in name:
        return codes.get(plain(name[name.rindex("(") + 1 : -1]))
    parts = name.split("_")
    ends = plain(parts[0] + parts[-1]) if len(parts) > 2 else ""
    return codes.get(plain(name)) or people.get(plain(name)) or people.get(ends)


def sector(name: str) -> str:
    """The sector that the name says; empty for organs of a state, states and persons."""
    words = set(name.lower().replace("/", "_").replace("-", "_").split("(")[0].split("_"))
    if "(" not in name or words & OFFICIAL:
        return ""
    return next((sector for sector, marks in SECTORS.items() if words & set(marks.split())), "")


def main() -> None:
    folder = Path(sys.argv[1])
    names = {}
    for kind in ["entity2id.txt", "relation2id.txt"]:
        pairs = (line.split("\t")[:2] for line in (folder / kind).read_text(encoding="utf8").splitlines() if line)
        names[kind] = {int(number): name for name, number in pairs}
    codes, by_code = states()
    people = officials()
    countries = {
        number: by_code.get(country(name, codes, people) or "", "") for number, name in names["entity2id.txt"].items()
    }
    out = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, escapechar="\\")
    out.writerow(COLUMNS)
    event = 0
    for part in ["train.txt", "valid.txt", "test.txt"]:
        if not (folder / part).exists():
            continue
        for line in (folder / part).read_text(encoding="utf8").splitlines():
            actor, relation, recipient, day = map(int, line.split("\t")[:4])
            event += 1
            date = datetime.date(2014, 1, 1) + datetime.timedelta(days=day - 1)
            entity = names["entity2id.txt"]
            name = lambda number: entity[number].replace("_", " ")  # noqa: E731
            out.writerow(
                [event, date, name(actor), sector(entity[actor]), countries[actor], names["relation2id.txt"][relation], "", ""]
                + [name(recipient), sector(entity[recipient]), countries[recipient], "", "", "ICEWS14", "", "", "", "", "", ""]
            )


if __name__ == "__main__":
    main()

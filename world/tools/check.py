"""Check every table of the registry.

Usage: python world/tools/check.py [--warnings] [WORLD_DIRECTORY]

Errors (columns, codes, sectors, dates, identifiers, references, repeated rows)
are printed and end the run with status 1. With --warnings, names that stand in
more than one row are printed as well: the resolver has to choose between them.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

COLUMNS = {
    "states.tsv": "code name wikidata capital aliases adjectives demonyms metonyms cow",
    "territories.tsv": "name code sector aliases adjectives demonyms wikidata",
    "organisations.tsv": "name code sector aliases wikidata seat",
    "memberships.tsv": "organisation state from to",
    "groups.tsv": "name code sector other_sectors aliases wikidata from to",
    "blocs.tsv": "name aliases",
    "pacts.tsv": "name kind organisation states from to",
    "agents.tsv": "phrase sector kind code",
    "places.tsv": "name country geonameid lat lon kind population aliases",
}
OFFICE_COLUMNS = "person aliases code sector office from to wikidata"
INTERNATIONAL_CODES = {"UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"}
SECTORS = set(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()
)
AGENT_KINDS = {"title", "group", "body", "person", "asset", "anaphor:state", "anaphor:organisation", "anaphor:pair"}
PLACE_KINDS = {"city", "capital", "region", "site", "sea"}
LIST_COLUMNS = {"aliases", "adjectives", "demonyms", "metonyms", "other_sectors"}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
WIKIDATA = re.compile(r"Q[1-9]\d*")
ARTICLES = ("the ", "The ")


class Checker:
    def __init__(self, directory):
        self.directory = directory
        self.errors = []
        self.tables = {}

    def error(self, table, line, message):
        self.errors.append(f"{table}:{line}: {message}")

    def read(self, table, columns):
        """Rows as (line number, dictionary); the cell counts and white space are checked."""
        path = self.directory / table
        rows, wanted, header_seen = [], columns.split(), False
        for line, text in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if not text or text.startswith("#"):
                continue
            cells = text.split("\t")
            if not header_seen:
                header_seen = True
                if cells != wanted:
                    self.error(table, line, f"header is {cells}, not {wanted}")
                    return
                continue
            if len(cells) != len(wanted):
                self.error(table, line, f"{len(cells)} cells, not {len(wanted)}")
                continue
            for column, cell in zip(wanted, cells):
                if cell != cell.strip() or "  " in cell:
                    self.error(table, line, f"stray white space in {column}")
            row = dict(zip(wanted, cells))
            for column in LIST_COLUMNS & set(wanted):
                values = row[column].split("; ") if row[column] else []
                if any(not value.strip() or ";" in value for value in values):
                    self.error(table, line, f"empty or badly parted value in {column}")
                if len(set(values)) != len(values):
                    self.error(table, line, f"repeated value in {column}")
                row[column] = values
            rows.append((line, row))
        self.tables[table] = rows

    def check_cells(self, table, codes):
        for line, row in self.tables[table]:
            for column in ("code", "state", "country"):
                if row.get(column) and row[column] not in codes:
                    self.error(table, line, f"unknown code {row[column]}")
            for sector in [row.get("sector", ""), *row.get("other_sectors", [])]:
                if sector and sector not in SECTORS:
                    self.error(table, line, f"unknown sector {sector}")
            for column in ("from", "to"):
                if row.get(column) and not DATE.fullmatch(row[column]):
                    self.error(table, line, f"bad date {row[column]}")
            if row.get("from") and row.get("to") and row["from"] > row["to"]:
                self.error(table, line, "ends before it begins")
            if row.get("wikidata") and not WIKIDATA.fullmatch(row["wikidata"]):
                self.error(table, line, f"bad Wikidata id {row['wikidata']}")

    def check_unique(self, table, *columns):
        seen = {}
        for line, row in self.tables[table]:
            key = tuple(row[column] for column in columns)
            if key in seen:
                self.error(table, line, f"repeats line {seen[key]}: {key}")
            seen[key] = line

    def check_required(self, table, *columns):
        for line, row in self.tables[table]:
            for column in columns:
                if not row[column]:
                    self.error(table, line, f"{column} is empty")

    def check_states(self):
        for line, row in self.tables["states.tsv"]:
            for metonym in row["metonyms"]:
                name, _, sector = metonym.rpartition("=")
                if not name or sector not in SECTORS:
                    self.error("states.tsv", line, f"bad metonym {metonym}")

    def check_memberships(self):
        names = {row["name"] for _, row in self.tables["organisations.tsv"]}
        for line, row in self.tables["memberships.tsv"]:
            if row["organisation"] not in names:
                self.error("memberships.tsv", line, f"no organisation {row['organisation']}")

    def check_groups(self):
        """A name may have several rows, one after the other in time."""
        terms = defaultdict(list)
        for line, row in self.tables["groups.tsv"]:
            terms[row["name"]].append((row["from"], row["to"] or "9999", line))
        for name, spans in terms.items():
            spans.sort()
            for (_, end, _), (start, _, line) in zip(spans, spans[1:]):
                if start <= end:
                    self.error("groups.tsv", line, f"terms of {name} overlap")

    def check_places(self):
        identities = {}
        for line, row in self.tables["places.tsv"]:
            if row["kind"] not in PLACE_KINDS:
                self.error("places.tsv", line, f"unknown kind {row['kind']}")
            if not row["country"] and row["kind"] not in {"sea", "region", "site"}:
                self.error("places.tsv", line, "no country")
            for column, limit in (("lat", 90), ("lon", 180)):
                if not re.fullmatch(r"-?\d{1,3}(\.\d+)?", row[column]) or abs(float(row[column])) > limit:
                    self.error("places.tsv", line, f"bad {column} {row[column]}")
            for column in ("geonameid", "population"):
                if row[column] and not row[column].isdigit():
                    self.error("places.tsv", line, f"bad {column} {row[column]}")
            if row["geonameid"]:
                if row["geonameid"] in identities:
                    self.error("places.tsv", line, f"same geonameid as line {identities[row['geonameid']]}")
                identities[row["geonameid"]] = line

    def check_agents(self):
        for line, row in self.tables.get("agents.tsv", []):
            if row["kind"] not in AGENT_KINDS:
                self.error("agents.tsv", line, f"unknown kind {row['kind']}")

    def run(self):
        for table, columns in COLUMNS.items():
            if (self.directory / table).exists():
                self.read(table, columns)
            elif table != "agents.tsv":
                self.error(table, 0, "is missing")
        for path in sorted((self.directory / "offices").glob("*.tsv")):
            self.read(f"offices/{path.name}", OFFICE_COLUMNS)
        if self.errors and len(self.tables) < len(COLUMNS) - 1:
            return
        states = {row["code"] for _, row in self.tables["states.tsv"]}
        for table in self.tables:
            outside = {"memberships.tsv", "places.tsv", "states.tsv", "territories.tsv"}
            self.check_cells(table, states if table in outside else states | INTERNATIONAL_CODES)
        self.check_required("states.tsv", "code", "name")
        self.check_required("territories.tsv", "name", "code")
        self.check_required("organisations.tsv", "name", "code")
        self.check_required("groups.tsv", "name", "code")
        self.check_required("memberships.tsv", "organisation", "state")
        self.check_unique("states.tsv", "code")
        self.check_unique("states.tsv", "name")
        self.check_unique("territories.tsv", "name")
        self.check_unique("organisations.tsv", "name")
        self.check_unique("blocs.tsv", "name")
        self.check_unique("memberships.tsv", "organisation", "state", "from")
        self.check_unique("groups.tsv", "name", "from")
        self.check_states()
        self.check_memberships()
        self.check_groups()
        self.check_places()
        self.check_agents()

    def shared_names(self):
        """Names of actors that more than one row claims, with the rows."""
        owners = defaultdict(set)
        for table in ("states.tsv", "territories.tsv", "organisations.tsv", "groups.tsv", "blocs.tsv"):
            for _, row in self.tables[table]:
                owner = (table.removesuffix(".tsv"), row["name"], row.get("code", ""))
                metonyms = [metonym.rpartition("=")[0] for metonym in row.get("metonyms", [])]
                names = [row["name"], row.get("capital", ""), *row["aliases"], *metonyms]
                names += row.get("adjectives", []) + row.get("demonyms", [])
                for name in names:
                    if name:
                        owners[name.removeprefix(ARTICLES[0]).removeprefix(ARTICLES[1])].add(owner)
        return {name: sorted(rows) for name, rows in owners.items() if len(rows) > 1}


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--warnings"]
    directory = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    checker = Checker(directory)
    checker.run()
    for error in checker.errors:
        print("error:", error)
    if not checker.errors:
        shared = checker.shared_names()
        if "--warnings" in sys.argv:
            for name, rows in sorted(shared.items()):
                print(f"warning: {name}: " + " | ".join(" ".join(row) for row in rows))
        counts = ", ".join(f"{len(rows)} {table.removesuffix('.tsv')}" for table, rows in checker.tables.items())
        print(f"{counts}; {len(shared)} names with more than one owner")
    return 1 if checker.errors else 0


if __name__ == "__main__":
    sys.exit(main())

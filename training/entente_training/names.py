"""Name corpora as sentences with the tags that each source allows for each word.

The sources differ in what they mark. A word's entry is therefore a set of tags (a bit mask): one tag
where the source decides, several where it does not. Convention: titles stand outside a person's name,
peoples and demonyms are NORP, states are LOC also when they act, organisations ORG.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from .data import KINDS, NAME_TAGS, Sentence

TAG = {tag: index for index, tag in enumerate(NAME_TAGS)}
OUTSIDE = 1 << TAG["O"]
ANY = (1 << len(NAME_TAGS)) - 1
INSIDE = sum(1 << index for tag, index in TAG.items() if tag[0] in "IE")
OF_KIND = {kind: sum(1 << index for tag, index in TAG.items() if tag.endswith("-" + kind)) for kind in KINDS}

SMALL_WORDS = set("of the and for in on al el de la le du des von van bin ibn ul - ' 's & / .".split())
TITLES = set(
    """president prime minister foreign secretary general mr mr. mrs mrs. ms ms. dr dr. sir king queen prince
    princess lt lt. lieutenant col col. colonel gen gen. maj maj. major capt capt. captain commander sgt sgt.
    staff sergeant chief special envoy representative ambassador senator sen sen. rep rep. vice deputy
    chancellor brigadier brig admiral adm pope defence defense assistant under acting former spokesman
    spokeswoman spokesperson interim judge justice governor gov gov. mayor professor prof prof. chairman
    director ceo lord lady air vice-president u.s. us un uk eu state""".split()
)

NOT_PEOPLES = set("EU DPRK DRC FYROM Donetsk Luhansk Macedonia Kiwi Bonaire Curacao Curaçao Guam Latin".split())
PRONOUNS = set("we it they he she you i this that these those who us our their his her its".split())

WORD = re.compile(
    r"""(?:https?://|www\.)\S+
    | (?:[A-Za-z]\.){2,}                                   # U.S.
    | (?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Maj|Capt|Sen|Rep|Gov|Jr|Sr|St|Brig|Prof|Inc|Corp|Co|Ltd|No|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec)\.
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th)?
    | [^\W\d_]+(?=n['\u2019]t\b) | n['\u2019]t\b                    # do n't
    | ['\u2019](?:s|S|re|ve|ll|d|m)\b
    | [^\W_]+(?:['\u2019](?!(?:s|S|re|ve|ll|d|m|t)\b)[^\W_]+)*
    | \.\.\. | `` | ''
    | \S""",
    re.VERBOSE,
)
POOLS = Path(__file__).resolve().parent.parent / "pools"
DATES = set(
    """January February March April May June July August September October November December Jan Feb Mar Apr Jun
    Jul Aug Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday""".split()
)
ORGANISATION_ENDS = set(
    """Inc Inc. Corp Corp. Ltd Ltd. LLC Co. Ministry University Bank Party Committee Council Department Agency
    Association Commission Company Group Court Senate Congress Army Union Times Post News Institute Foundation
    Organization Organisation Federation Forces Guard Authority Parliament Assembly Brigade Brigades""".split()
)
PERSON_TITLES = set("Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. President Senator Sen. Gen. General Sheikh Shaikh Prof. Judge".split())

SENTENCE_END = re.compile(r"(?<=[.!?])[\"'\u201d\u2019)]*\s+(?=[\"'\u201c\u2018(\[]*[A-Z0-9])|\s*\n\s*")
ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Maj|Capt|Sen|Rep|Gov|St|Brig|Prof|No|vs)|\b[A-Z])\.$")


@dataclass
class Mark:
    """A name in a text: code points, end exclusive."""

    start: int
    end: int
    kind: str


def split_words(text: str) -> list[tuple[int, int]]:
    """Words close to UD English: punctuation and clitics apart. `cannot` and the like are rare in names."""
    return [match.span() for match in WORD.finditer(text)]


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Rough sentences; good enough where only names are learnt."""
    spans, start = [], 0
    for match in SENTENCE_END.finditer(text):
        if "\n" not in match.group() and ABBREVIATION.search(text[start : match.start()].rstrip("\"')")):
            continue
        spans.append((start, match.end()))
        start = match.end()
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip()]


def pool(name: str) -> list[list[str]]:
    """The names of a list in `pools/`, each as its words."""
    lines = (line.strip() for line in (POOLS / f"{name}.txt").read_text(encoding="utf8").splitlines())
    return [line.split() for line in lines if line and not line.startswith("#")]


class Gazetteer:
    """Names of states and peoples, from the country tables."""

    def __init__(self, data: Path) -> None:
        self.states: set[str] = {"U.S.", "US", "USA", "UK", "U.K.", "UAE", "America", "Britain", "England", "Scotland"}
        self.peoples: set[str] = set(
            """Houthi Kurd Kurds Kurdish Arab Arabs European Europeans African Africans Asian Asians Palestinian Palestinians
            Western Sunni Sunnis Shia Shiite Shiites Yazidi Yazidis Muslim Muslims Christian Christians Jewish Jews
            Islamic Islamist Islamists Soviet Democrat Democrats Republican Republicans Americans Russians Britons
            Taiwanese Tibetan Tibetans Chechen Chechens Uyghur Uyghurs Hindu Hindus Sikh Sikhs Catholic Catholics
            Scottish Welsh English Dutch Latin Alawite Alawites Druze Turkmen Persian Serb Serbs Croat Croats
            Spaniards Poles Swedes Danes Finns Turks Afghans Filipinos Thais""".split()
        )
        with (data / "state" / "ngec_countries_nationalities.csv").open(encoding="utf8") as rows:
            for row in csv.DictReader(rows):
                self.states.add(row["Name"])
                for people in (part.strip() for part in row["Nationality"].split(",")):
                    if people and people.isalpha() and people not in self.states:
                        self.peoples |= {people} if people.endswith(("s", "se", "sh", "ch")) else {people, people + "s"}
        with (data / "state" / "country_codes_iso.csv").open(encoding="utf8") as rows:
            self.states |= {row["CLDR display name"] for row in csv.DictReader(rows)}
        # The table's nationality column also holds other names of the countries themselves.
        self.given = {name for line in pool("given_names") for name in line}
        self.places = {" ".join(words) for words in pool("places")}
        self.peoples -= self.states | NOT_PEOPLES
        self.peoples = {people for people in self.peoples if not people.isupper() and people.rstrip("s") not in NOT_PEOPLES}

    def kind(self, name: str) -> str | None:
        """LOC for a state, NORP for a people, else None."""
        if name.removeprefix("the ").removeprefix("The ") in self.states:
            return "LOC"
        return "NORP" if name in self.peoples else None


def tagged(count: int, marks: list[tuple[int, int, str]]) -> list[int]:
    """Single-tag sets of a sentence whose names (first word, end, kind) are all known."""
    sets = [OUTSIDE] * count
    for first, end, kind in marks:
        for word in range(first, end):
            position = "S" if end - first == 1 else "B" if word == first else "E" if word == end - 1 else "I"
            sets[word] = 1 << TAG[f"{position}-{kind}"]
    return sets


def trimmed_name(text: str, mark: Mark, gazetteer: Gazetteer) -> Mark | None:
    """The proper name within a mark, or None where the mark is a description."""
    spans = [(mark.start + a, mark.start + b) for a, b in split_words(text[mark.start : mark.end])]
    words = [text[a:b] for a, b in spans]
    first, end = 0, len(words)
    while first < end and words[first].lower() in ("the", "a", "an", "'", '"', "(", "\u201c"):
        first += 1
    while end > first and words[end - 1] in ("'s", "\u2019s", "'", '"', ",", ".", ")", "\u201d", "-"):
        end -= 1
    if mark.kind == "PER":
        while first < end - 1 and (words[first].lower() in TITLES or gazetteer.kind(words[first])):
            first += 1
    name = words[first:end]
    if not name or not name[0][0].isupper() or name[-1].lower() in PRONOUNS or (mark.kind == "PER" and name[-1].lower() in TITLES):
        return None
    if any(not (word[0].isupper() or word[0].isdigit() or word.lower() in SMALL_WORDS) for word in name):
        return None
    start, stop = spans[first][0], spans[end - 1][1]
    kind = gazetteer.kind(" ".join(name)) or mark.kind
    return Mark(start, stop, kind)


def sentences_of(
    text: str, marks: list[Mark], gazetteer: Gazetteer, otherwise: int, source: str, limit: int | None = None
) -> list[Sentence]:
    """Sentences of a document with partly reliable marks; `otherwise`: tags of unmarked capitalised words."""
    accepted: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start - m.end, m.start)):
        name = trimmed_name(text, mark, gazetteer)
        if name and all(name.end <= other.start or name.start >= other.end for other in accepted):
            accepted.append(name)
    found = []
    for start, end in split_sentences(text[:limit]):
        spans = [(start + a, start + b) for a, b in split_words(text[start:end])]
        if len(spans) < 3:
            continue
        names = []
        for mark in accepted:
            covered = [i for i, (a, b) in enumerate(spans) if a >= mark.start and b <= mark.end]
            if covered and spans[covered[0]][0] == mark.start and spans[covered[-1]][1] == mark.end:
                names.append((covered[0], covered[-1] + 1, mark.kind))
        sets = tagged(len(spans), names)
        inside = {word for first, stop, _ in names for word in range(first, stop)}
        for index, (a, b) in enumerate(spans):
            word = text[a:b]
            if index in inside or not word[0].isupper():
                continue
            if gazetteer.kind(word) == "NORP" and index > 0:
                sets[index] = 1 << TAG["S-NORP"]
            elif any(mark.start <= a and b <= mark.end for mark in marks):
                sets[index] = ANY
            elif index > 0:
                sets[index] = otherwise
        found.append(Sentence(words=[text[a:b] for a, b in spans], names=sets, source=source))
    return found


def read_re3d(path: Path, gazetteer: Gazetteer, excluded: set[str]) -> dict[str, list[Sentence]]:
    """re3d documents by id."""
    kinds = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP"}
    kinds |= dict.fromkeys(("Weapon", "MilitaryPlatform", "DocumentReference", "Vehicle"), "MISC")
    documents = {}
    for line in path.read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        # The BBC's share is CC BY-NC: not for weights that everyone may use.
        if record["id"] in excluded or record["source"] == "BBC Online":
            continue
        marks = [Mark(e["start"], e["end"], kinds[e["type"]]) for e in record["entities"] if e["type"] in kinds]
        otherwise = OUTSIDE | OF_KIND["MISC"]
        documents[record["id"]] = sentences_of(record["text"], marks, gazetteer, otherwise, "re3d")
    return documents


def read_meantime(path: Path, gazetteer: Gazetteer, excluded: set[str]) -> list[Sentence]:
    """Named entity mentions of MEANTIME, in the annotated part of each article."""
    kinds = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "PRO": "MISC"}
    found = []
    for line in path.read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        if any(record["id"] in name or record["name"] in name for name in excluded):
            continue
        types = {mention: entity.get("type") for entity in record["entities"] for mention in entity["mentions"]}
        marks = [
            Mark(m["start"], m["end"], kinds[types[m["mid"]]])
            for m in record["entity_mentions"]
            if m.get("syntactic_type") == "NAM" and types.get(m["mid"]) in kinds
        ]
        limit = record["annotated_text_end"]
        found += sentences_of(record["text"], marks, gazetteer, ANY, "meantime", limit)
    return found


def read_crossner(path: Path, gazetteer: Gazetteer) -> list[Sentence]:
    """CrossNER politics; its miscellaneous class holds peoples, which the gazetteer tells apart."""
    kinds = {"politician": "PER", "person": "PER", "politicalparty": "ORG", "organisation": "ORG", "country": "LOC"}
    kinds |= {"location": "LOC", "event": "MISC", "election": "MISC", "misc": "MISC"}
    found = []
    for block in path.read_text(encoding="utf8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line]
        if not rows:
            continue
        words = [row[0] for row in rows]
        names: list[tuple[int, int, str]] = []
        for index, (_, tag) in enumerate(rows):
            if tag.startswith("B-") or (tag.startswith("I-") and not names):
                kind = kinds[tag[2:]]
                names.append((index, index + 1, kind))
            elif tag.startswith("I-"):
                names[-1] = (names[-1][0], index + 1, names[-1][2])
        names = [(a, b, gazetteer.kind(" ".join(words[a:b])) or kind) for a, b, kind in names]
        sets = tagged(len(words), names)
        for index, word in enumerate(words):
            if sets[index] == OUTSIDE and index > 0 and gazetteer.kind(word) == "NORP":
                sets[index] = 1 << TAG["S-NORP"]
        found.append(Sentence(words=words, names=sets, source="crossner"))
    return found


MARKED = re.compile(r"\[(PER|ORG|LOC|NORP|MISC) ([^\[\]]+)\]")


def read_marked(path: Path) -> list[Sentence]:
    """The project's own sentences: one a line, names as `[PER Yuri Ushakov]`, `#` starts a comment line."""
    found = []
    for line in path.read_text(encoding="utf8").splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        text, marks, position = "", [], 0
        for match in MARKED.finditer(line):
            text += line[position : match.start()]
            marks.append(Mark(len(text), len(text) + len(match.group(2)), match.group(1)))
            text += match.group(2)
            position = match.end()
        text += line[position:]
        spans = split_words(text)
        names = []
        for mark in marks:
            covered = [i for i, (a, b) in enumerate(spans) if a < mark.end and b > mark.start]
            if covered:
                names.append((covered[0], covered[-1] + 1, mark.kind))
        words = [text[a:b] for a, b in spans]
        found.append(Sentence(words=words, names=tagged(len(words), names), source="names"))
    return found


def proper_nouns(words: list[str], gazetteer: Gazetteer) -> list[int]:
    """Allowed tags of a run of proper nouns in a gold tree: its kind where a cue tells, else only its extent."""
    titles = 0
    while titles < len(words) - 1 and words[titles].lower() in TITLES:
        titles += 1
    name = words[titles:]
    text = " ".join(name)
    count = len(name)
    if all(word.rstrip(".") in DATES for word in words):
        return [OUTSIDE] * len(words)
    kind = gazetteer.kind(text) or ("LOC" if text in gazetteer.places else None)
    if kind is None and (titles and words[titles - 1] in PERSON_TITLES or count <= 3 and name[0] in gazetteer.given):
        kind = "PER"
    if kind is None and name[-1] in ORGANISATION_ENDS:
        kind = "ORG"
    if kind:
        return [OUTSIDE] * titles + tagged(count, [(0, count, kind)])
    sets = [OUTSIDE | a | b for a, b in zip(*(tagged(count, [(0, count, k)]) for k in ("PER", "ORG")))]
    sets = [s | t for s, t in zip(sets, tagged(count, [(0, count, "LOC")]))]
    sets = [s | t for s, t in zip(sets, tagged(count, [(0, count, "MISC")]))]
    return [0] * titles + sets


def silver_names(sentence: Sentence, gazetteer: Gazetteer) -> None:
    """What a gold tree says about names: where they may stand, and their kind where a cue tells."""
    sets: list[int] = []
    outside = ("PRON", "AUX", "VERB", "SCONJ")
    either = ("PUNCT", "NUM", "INTJ", "DET", "CCONJ")
    while len(sets) < len(sentence.words):
        at = len(sets)
        word, upos = sentence.words[at], sentence.upos[at]
        end = at
        while end < len(sentence.words) and (
            sentence.upos[end] == "PROPN"
            or end > 0 and sentence.upos[end] in ("ADJ", "NOUN") and sentence.words[end][0].isupper()
        ):
            end += 1
        run = sentence.words[at:end]
        if run and all(part == "PROPN" for part in sentence.upos[at:end]):
            sets += proper_nouns(run, gazetteer)
        elif "PROPN" in sentence.upos[at:end]:
            # Common nouns and adjectives within a name: only organisations are plain enough.
            is_organisation = run[-1] in ORGANISATION_ENDS and not all(map(str.isupper, sentence.words))
            sets += tagged(len(run), [(0, len(run), "ORG")]) if is_organisation else [0] * len(run)
        elif upos in ("ADJ", "NOUN") and gazetteer.kind(word) == "NORP":
            sets.append(1 << TAG["S-NORP"])
        elif upos in outside:
            sets.append(OUTSIDE)
        else:
            sets.append(OUTSIDE | INSIDE if upos in either or word.islower() else 0)
    sentence.names = sets


def held_out(key: str) -> bool:
    """True for about a tenth of all keys, always the same."""
    return hashlib.sha256(key.encode()).digest()[0] < 26


def name_sentences(data: Path, own: Path | None, excluded_folder: Path | None) -> tuple[list[Sentence], list[Sentence]]:
    """Sentences to train names on, and the held-out tenth of re3d and of the project's own."""
    excluded = {path.stem for path in excluded_folder.glob("*.json")} if excluded_folder else set()
    gazetteer = Gazetteer(data)
    training: list[Sentence] = []
    held: list[Sentence] = []
    for key, sentences in read_re3d(data / "ner" / "re3d_dev.jsonl", gazetteer, excluded).items():
        (held if held_out(key) else training).extend(sentences)
    training += read_meantime(data / "meantime" / "meantime_dev.jsonl", gazetteer, excluded)
    for part in ("train", "dev"):
        training += read_crossner(data / "ner" / f"crossner_politics_{part}.iob", gazetteer)
    for path in sorted(own.glob("**/*.txt")) if own and own.exists() else []:
        for sentence in read_marked(path):
            # Twice: it is the one source that follows the convention throughout, and of the right kind of prose.
            if held_out(" ".join(sentence.words)):
                held.append(sentence)
            else:
                training += [sentence] * 2
    return training, held

"""Name swapping: names of a name-corpus sentence give way to others of their kind, so that context is learnt."""

from __future__ import annotations

import csv
import random
from dataclasses import replace
from pathlib import Path

from .data import KINDS, NAME_TAGS, Sentence
from .names import Gazetteer, pool, tagged


def certain_names(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Names (first word, end, kind) whose every word has one allowed tag."""
    found, first = [], None
    for index, allowed in enumerate(sentence.names or []):
        tag = NAME_TAGS[allowed.bit_length() - 1] if allowed and not allowed & (allowed - 1) else "?"
        if tag[0] in "BS":
            first = index
        elif tag[0] not in "IE":
            first = None
        if tag[0] in "ES" and first is not None:
            found.append((first, index + 1, tag[2:]))
            first = None
    return found


class Swapper:
    """Pools of names by kind: those of the training sentences, and lists."""

    def __init__(self, sentences: list[Sentence], data: Path, gazetteer: Gazetteer) -> None:
        self.pools: dict[str, list[list[str]]] = {kind: [] for kind in KINDS}
        for sentence in sentences:
            for first, end, kind in certain_names(sentence):
                self.pools[kind].append(sentence.words[first:end])
        self.given = [name for line in pool("given_names") for name in line]
        with (data / "state" / "archigos_leaders.csv").open(encoding="utf8") as rows:
            leaders = {row["leader"].split()[-1] for row in csv.DictReader(rows) if row["enddate"] > "1960"}
        self.families = sorted(name for name in leaders if name.isalpha() and name[0].isupper() and len(name) > 2)
        with (data / "state" / "country_codes_iso.csv").open(encoding="utf8") as rows:
            capitals = sorted({row["Capital"] for row in csv.DictReader(rows) if row["Capital"]})
        self.places = pool("places") + [name.split() for name in capitals]
        self.places += [name.split() for name in sorted(gazetteer.states) if "," not in name and "(" not in name]
        self.organisations = pool("organisations")
        self.peoples = sorted(gazetteer.peoples)

    def other(self, name: list[str], kind: str, rng: random.Random) -> list[str]:
        """Another name of the kind."""
        if kind == "PER" and rng.random() < 0.6:
            family = rng.choice(self.families)
            return [family] if len(name) == 1 else [rng.choice(self.given), family]
        if kind == "LOC" and rng.random() < 0.6:
            return rng.choice(self.places)
        if kind == "ORG" and rng.random() < 0.4:
            return rng.choice(self.organisations)
        if kind == "NORP":
            plural = name[-1].endswith("s")
            return [rng.choice([people for people in self.peoples if people.endswith("s") == plural])]
        return rng.choice(self.pools[kind])

    def swapped(self, sentence: Sentence, rng: random.Random, share: float) -> Sentence:
        """The sentence with each certain name replaced with probability `share`."""
        words: list[str] = []
        names: list[int] = []
        at = 0
        for first, end, kind in certain_names(sentence):
            words += sentence.words[at:first]
            names += (sentence.names or [])[at:first]
            name = sentence.words[first:end]
            if kind != "MISC" and rng.random() < share:
                name = self.other(name, kind, rng)
            names += tagged(len(name), [(0, len(name), kind)])
            words += name
            at = end
        return replace(sentence, words=words + sentence.words[at:], names=names + (sentence.names or [])[at:])

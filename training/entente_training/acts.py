"""Targets of the event and statement heads, and the corpora that give them."""

from __future__ import annotations

import json
import random
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path

from .data import Sentence
from .names import split_sentences, split_words

TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT"
).split()
AUX = ["future", "hypothetical", "negation", "historical"]
# Links from a trigger to its parties, place and time; from a cue to its speaker and the ends of its content.
ROLES = ["actor", "recipient", "place", "time", "speaker", "content_first", "content_last"]
ACT_ROLES = ROLES[:4]


@dataclass
class Act:
    """An event at a word. Link targets are heads of phrases; the other words of a phrase are `blurred`: neither
    right nor wrong."""

    event: int
    modes: list[str] | None  # None where unknown, as are links
    aux: list[int]
    trigger: int
    rest: list[int] = field(default_factory=list)
    links: dict[str, list[int]] | None = field(default_factory=dict)
    blurred: dict[str, list[int]] = field(default_factory=dict)


@dataclass
class Quote:
    """A statement at a cue word; first and last word of its content."""

    cue: int
    speaker: list[int]
    blurred: list[int]
    first: int
    last: int


@dataclass
class Pair:
    """A sentence, or two marked phrases of it, of which only the event type is known: one of `allowed`."""

    source: list[int]
    target: list[int]
    allowed: list[int]
    conventional: bool = False  # by PLV's conventions


def import_from(folder: Path, name: str):  # noqa: ANN201 - a module
    """The reader that lies beside a corpus."""
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    return import_module(name)


def covered(words: list[tuple[int, int]], span: tuple[int, int] | None) -> list[int]:
    """Indices of the words that a character span touches."""
    if span is None:
        return []
    return [index for index, (start, end) in enumerate(words) if start < span[1] and span[0] < end]


def phrase_head(heads: list[int], phrase: list[int]) -> int:
    """The word of a phrase that hangs on a word outside it; heads are 1-based, 0 is the root."""
    inside = set(phrase)
    for word in phrase:
        if heads[word] - 1 not in inside:
            return word
    return phrase[-1]


def trigger_head(sentence: Sentence, phrase: list[int]) -> int:
    """The word of a trigger that stands for the act: its syntactic head, but no auxiliary and no particle."""
    telling = [word for word in phrase if sentence.upos[word] in ("VERB", "NOUN", "PROPN", "ADJ")]
    return phrase_head(sentence.heads, telling or phrase)


def read_events(folder: Path, split: str, parse) -> list[Sentence]:  # noqa: ANN001
    """The sentences of corpus/events. `parse` gives trees to sentences, for the heads of phrases."""
    found = import_from(folder, "annotations").read_corpus(folder)
    return annotated([item for item in found if item.split == split], "events", parse)


def read_standoff(path: Path, data: Path, split: str, parse) -> list[Sentence]:  # noqa: ANN001
    """Sentences of texts under `data` whose annotations a file of corpus/standoff holds; see `read_events`."""
    found = import_from(path.parent, "standoff").read_standoff(path, data)
    known = {item.text for item in found if item.split == "train"}
    # A standing phrase of releases is no test.
    found = [item for item in found if item.split == "train" or item.text not in known]
    return annotated([item for item in found if item.split == split], "standoff", parse)


def annotated(found: list, source: str, parse) -> list[Sentence]:  # noqa: ANN001
    """Training sentences of annotated ones."""
    spans = [split_words(item.text) for item in found]
    parsed = parse([Sentence([item.text[a:b] for a, b in words]) for item, words in zip(found, spans)])
    sentences = []
    for item, words, tree in zip(found, spans, parsed):
        sentence = replace(tree, source=source)
        sentence.acts = [act_of(event, words, tree) for event in item.events]
        sentence.quotes = [quote for s in item.statements if (quote := quote_of(s, words, tree)) is not None]
        # A statement without a cue in the sentence says nothing about its words.
        sentence.quotes_known = all(statement.cue is not None for statement in item.statements)
        sentence.key = f"{item.file}:{item.line}"
        sentences.append(sentence)
    return sentences


def read_examples(folder: Path, parse) -> list[Sentence]:  # noqa: ANN001
    """The examples of a codebook that are one sentence: triggers with types and aux, and modes where they are told.
    Their parties are codes, not words, so the links stay unknown."""
    examples = []
    for path in sorted(folder.glob("*.toml")):
        book = tomllib.loads(path.read_text(encoding="utf8"))
        examples += [(book.get("type"), example) for example in book.get("example", [])]
    examples = [(event, example) for event, example in examples if len(split_sentences(example["text"])) == 1]
    texts = [example["text"] for _, example in examples]
    words = [split_words(text) for text in texts]
    parsed = parse([Sentence([text[a:b] for a, b in spans]) for text, spans in zip(texts, words)])
    sentences = []
    for (event, example), spans, tree in zip(examples, words, parsed):
        sentence = replace(tree, source="codebook", acts=[])
        for expected in example["events"]:
            start = example["text"].find(expected["trigger"])
            phrase = covered(spans, (start, start + len(expected["trigger"])))
            trigger = trigger_head(tree, phrase)
            kind = expected.get("event", event)
            modes = [f"{kind} {mode}" for mode in expected["mode"]] if "mode" in expected else None
            aux = [AUX.index(name) for name in expected.get("aux", [])]
            rest = [word for word in phrase if word != trigger]
            sentence.acts.append(Act(TYPES.index(kind), modes, aux, trigger, rest, None))
        sentences.append(sentence)
    return sentences


def act_of(event, words: list[tuple[int, int]], tree: Sentence) -> Act:  # noqa: ANN001
    """Targets of one annotated event."""
    phrase = covered(words, event.trigger)
    trigger = trigger_head(tree, phrase)
    links: dict[str, list[int]] = {}
    blurred: dict[str, list[int]] = {}
    singles = {"place": [event.place] if event.place else [], "time": [event.time] if event.time else []}
    for role, parts in {"actor": event.actors, "recipient": event.recipients, **singles}.items():
        phrases = [covered(words, part) for part in parts]
        links[role] = [phrase_head(tree.heads, part) for part in phrases]
        blurred[role] = [word for part in phrases for word in part if word not in links[role]]
    return Act(
        TYPES.index(event.event),
        [f"{event.event} {mode}" for mode in event.modes],
        [AUX.index(name) for name in event.aux],
        trigger,
        [word for word in phrase if word != trigger],
        links,
        blurred,
    )


def quote_of(statement, words: list[tuple[int, int]], tree: Sentence) -> Quote | None:  # noqa: ANN001
    """Targets of one annotated statement whose cue is in the sentence."""
    cue, content = covered(words, statement.cue), covered(words, statement.content)
    if not cue or not content:
        return None
    phrase = covered(words, statement.speaker)
    speaker = [phrase_head(tree.heads, phrase)] if phrase else []
    return Quote(
        trigger_head(tree, cue), speaker, [word for word in phrase if word not in speaker], content[0], content[-1]
    )


def read_polnear(path: Path, parse, is_held_out) -> list[Sentence]:  # noqa: ANN001
    """Attributions of every second article of PolNeAR that is not held out, sentence by sentence. A statement counts where its cue, its
    source and a part of its content stand in one sentence; the content is cut at the sentence's end."""
    found: list[tuple[Sentence, list[tuple[int, int]], list[dict]]] = []
    for line in path.read_text(encoding="utf8").splitlines()[::2]:
        article = json.loads(line)
        if is_held_out(article["id"]):
            continue
        text = article["text"]
        for start, end in split_sentences(text):
            words = [(start + a, start + b) for a, b in split_words(text[start:end])]
            if not 4 <= len(words) <= 80:
                continue
            here = [a for a in article["attributions"] if a["cue"] and start <= a["cue"][0]["start"] < end]
            found.append((Sentence([text[a:b] for a, b in words], source="polnear"), words, here))
    parsed = parse([sentence for sentence, _, _ in found])
    sentences = []
    for (_, words, here), tree in zip(found, parsed):
        sentence = replace(tree, quotes=[], quotes_known=True)
        for item in here:
            cue = covered(words, (item["cue"][0]["start"], item["cue"][0]["end"]))
            phrase = [w for part in item["source"] for w in covered(words, (part["start"], part["end"]))]
            parts = [covered(words, (part["start"], part["end"])) for part in item["content"]]
            content = max(parts, key=len, default=[])
            if not cue or not content:
                sentence.quotes_known = False
                continue
            speaker = [phrase_head(tree.heads, phrase)] if phrase else []
            rest = [word for word in phrase if word not in speaker]
            last = content[-1]
            while last > content[0] and sentence.words[last] in ",.\"'”’":
                last -= 1
            sentence.quotes.append(Quote(trigger_head(tree, cue), speaker, rest, content[0], last))
        sentences.append(sentence)
    return sentences


def read_pairs(path: Path) -> list[Sentence]:
    """PLV: sentences with two marked phrases and the type of what the one does to the other."""
    sentences = []
    for line in path.read_text(encoding="utf8").splitlines():
        item = json.loads(line)
        words = split_words(item["text"])
        sentence = Sentence([item["text"][a:b] for a, b in words], source="plv")

        def marked(side: str) -> list[int]:
            span = item.get(side) or {}
            return covered(words, (span["start"], span["end"])) if span.get("start") is not None else []

        sentence.pair = Pair(marked("source"), marked("target"), allowed_types(item["gold_root"]), True)
        sentence.key = item["id"]
        sentences.append(sentence)
    return sentences


def allowed_types(root: str) -> list[int]:
    """Types that a PLV root stands for."""
    names = ["CONCEDE", "RETREAT"] if root == "YIELD" else [root]
    return [TYPES.index(name) for name in names]


def read_headlines(path: Path) -> list[list[Sentence]]:
    """NGEC's hand-written headline templates, each with its filled variants, as sentences of known type."""
    variants: dict[str, list[Sentence]] = {}
    for line in path.read_text(encoding="utf8").splitlines():
        item = json.loads(line)
        if item["label"] not in TYPES:
            continue
        headline = item["prompt"].split("\n")[0]
        sentence = Sentence([headline[a:b] for a, b in split_words(headline)], source="ngec")
        sentence.pair = Pair([], [], [TYPES.index(item["label"])])
        variants.setdefault(item["title"], []).append(sentence)
    return list(variants.values())


def add_factuality(treebank: Iterable[Sentence], path: Path) -> None:
    """UDS "It Happened": how sure a predicate of a treebank sentence is to have happened, -3 to 3."""
    by_words = {" ".join(sentence.words): sentence for sentence in treebank}
    for line in path.read_text(encoding="utf8").splitlines():
        item = json.loads(line)
        sentence = by_words.get(" ".join(item["tokens"]))
        if sentence is not None:
            targets = item["targets"]
            sentence.factuality = {t["start"]: t["factuality"] for t in targets if t["end"] == t["start"] + 1}


def read_veridicality(path: Path) -> list[Sentence]:
    """MegaVeridicality and the like: bleached sentences with the factuality of a complement."""
    sentences = []
    for line in path.read_text(encoding="utf8").splitlines():
        item = json.loads(line)
        sentence = Sentence(item["tokens"], source="veridicality")
        sentence.factuality = {t["start"]: t["factuality"] for t in item["targets"]}
        sentences.append(sentence)
    return sentences


class StateSwapper:
    """Exchanges states and peoples in a sentence for others, so that no act is learnt with its usual doers."""

    def __init__(self, countries: Path) -> None:
        import csv

        self.rows: list[tuple[str, str]] = []
        with countries.open(encoding="utf8") as file:
            for row in csv.DictReader(file):
                people = row["Nationality"].split(",")[0].strip()
                if " " not in row["Name"] and " " not in people and row["Name"] and people:
                    self.rows.append((row["Name"], people))
        self.index = {form: row for row in self.rows for form in row}

    def swapped(self, sentence: Sentence, rng: random.Random) -> Sentence:
        """A copy with every single-word state and nationality exchanged, each for the same other one."""
        named = {self.index[word] for word in sentence.words if word in self.index}
        if not named:
            return sentence
        others = rng.sample(self.rows, len(named))
        change = {form: other[side] for row, other in zip(sorted(named), others) for side, form in enumerate(row)}
        words = [change.get(word, word) for word in sentence.words]
        lemmas = [change.get(lemma, lemma) if word in change else lemma for word, lemma in zip(sentence.words, sentence.lemmas)]
        return replace(sentence, words=words, lemmas=lemmas)

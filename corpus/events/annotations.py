"""Reads corpus/events: sentences with event and statement annotations, as README.md lays the format down."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

MODES = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial "
    "drone heavy-weapons crowd-control unconventional",
}
MODES = {event: modes.split() for event, modes in MODES.items()}
AUX = ("future", "hypothetical", "negation", "historical")
# Types that carry the future, or the future and the hypothetical, in themselves.
ABSORBED = {"AGREE": {"future", "hypothetical"}, "THREATEN": {"future", "hypothetical"}, "CONCEDE": {"future"}}
SPLITS = ("train", "dev", "test")
SIGNS = "<>@^=#;"

Span = tuple[int, int]
"""Start and end in characters of the sentence, end exclusive."""


class Fault(Exception):
    """What is wrong with a line, in words."""


@dataclass
class Event:
    """One act."""

    event: str
    modes: list[str]
    aux: list[str]
    trigger: Span
    actors: list[Span] = field(default_factory=list)
    recipients: list[Span] = field(default_factory=list)
    place: Span | None = None
    time: Span | None = None


@dataclass
class Statement:
    """One attributed statement; the cue or the speaker may stand outside the sentence."""

    cue: Span | None
    speaker: Span | None
    content: Span


@dataclass
class Sentence:
    """One sentence and what is marked in it."""

    text: str
    file: str
    line: int
    split: str
    document: str = ""  # of a text outside the repository
    events: list[Event] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)


def find(text: str, quoted: str) -> Span:
    """Where the quoted words stand in the text; `#2` after them takes the second place."""
    words, _, number = quoted.strip().partition("#")
    words = words.strip()
    if not words:
        raise Fault("an empty part")
    if number and not number.isdigit():
        raise Fault(f"no number after '#': {quoted.strip()}")
    places = whole_words(text, words)
    wanted = int(number or 1)
    if not 1 <= wanted <= len(places):
        raise Fault(f"found {len(places)} times in the sentence, not {wanted}: '{words}'")
    return places[wanted - 1]


def whole_words(text: str, words: str) -> list[Span]:
    """All places of the words where no letter, digit or underscore goes on from their ends."""

    def joined(left: str, right: str) -> bool:
        return all(char.isalnum() or char == "_" for char in (left, right)) if left and right else False

    places, start = [], text.find(words)
    while start >= 0:
        end = start + len(words)
        within = joined(text[start - 1 : start], words[0]) or joined(words[-1], text[end : end + 1])
        if not within:
            places.append((start, end))
        start = text.find(words, start + 1 if within else end)
    return places


def parse_annotation(text: str, line: str, find: Callable[[str, str], Span] = find) -> Event | Statement:
    """One annotation line, without its indent; `find` says where in the text a part stands."""
    head, colon, rest = line.partition(":")
    if not colon:
        raise Fault("no colon after the type")
    parts = re.split(r"\s([<>@^=])\s", " " + rest + " ")
    first, signs, quoted = parts[0].strip(), parts[1::2], parts[2::2]
    if len(set(signs)) < len(signs):
        raise Fault("a sign stands twice; several parties are parted by ';'")
    found = dict(zip(signs, quoted))
    if head.strip() == "SAY":
        if set(found) - {"<", "="} or "=" not in found:
            raise Fault("a statement is 'SAY: cue < speaker = content'")
        cue = None if first == "-" else find(text, first)
        speaker = find(text, found["<"]) if "<" in found else None
        return Statement(cue, speaker, find(text, found["="]))
    match = re.fullmatch(r"([A-Z]+)((?: [a-z-]+)*)(?: \(([a-z, ]+)\))?", head.strip())
    if not match or match[1] not in MODES:
        raise Fault(f"no such type: '{head.strip()}'")
    event, modes = match[1], match[2].split()
    aux = [a.strip() for a in match[3].split(",")] if match[3] else []
    for mode in modes:
        if mode not in MODES[event]:
            raise Fault(f"{event} has no mode '{mode}'")
    for name in aux:
        if name not in AUX:
            raise Fault(f"no such aux: '{name}'")
        if name in ABSORBED.get(event, ()):
            raise Fault(f"{event} carries '{name}' in itself")
    if "=" in found:
        raise Fault("an event has no '='")
    several = {sign: [find(text, q) for q in found[sign].split(";")] for sign in "<>" if sign in found}
    single = {sign: find(text, found[sign]) for sign in "@^" if sign in found}
    return Event(
        event, modes, aux, find(text, first), several.get("<", []), several.get(">", []), single.get("@"), single.get("^")
    )


def read_file(path: Path) -> tuple[list[Sentence], list[str]]:
    """The sentences of a file, and its faults as `file:line: what`."""
    sentences: list[Sentence] = []
    faults: list[str] = []
    split = ""
    for number, line in enumerate(path.read_text(encoding="utf8").split("\n"), 1):
        try:
            if line.startswith("#"):
                if line.startswith("# split:"):
                    split = line.removeprefix("# split:").strip()
                    if split not in SPLITS:
                        raise Fault(f"no such split: '{split}'")
            elif line.startswith("  "):
                if not sentences:
                    raise Fault("an annotation before any sentence")
                found = parse_annotation(sentences[-1].text, line.strip())
                (sentences[-1].events if isinstance(found, Event) else sentences[-1].statements).append(found)
            elif line.strip():
                if any(sign in line for sign in SIGNS):
                    raise Fault(f"a sentence holds none of {SIGNS}")
                if line != line.strip():
                    raise Fault("white space around the sentence")
                if not split:
                    raise Fault("no '# split:' line before the first sentence")
                sentences.append(Sentence(line, path.name, number, split))
        except Fault as fault:
            faults.append(f"{path}:{number}: {fault}")
    return sentences, faults


def batches(folder: Path) -> Iterator[Path]:
    """The topic files, in order of their names."""
    yield from sorted(folder.glob("*.txt"))


def read_corpus(folder: Path) -> list[Sentence]:
    """All sentences; raises ValueError when a line is at fault."""
    sentences: list[Sentence] = []
    for path in batches(folder):
        found, faults = read_file(path)
        if faults:
            raise ValueError("\n".join(faults))
        sentences += found
    return sentences

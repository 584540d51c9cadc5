#!/usr/bin/env python3
"""Checks corpus/events and counts what it holds: `check.py [FILES]`; `check.py --card` writes the counts into CARD.md.

Standard library only; exit code 1 on a fault.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from annotations import AUX, MODES, Sentence, batches, read_file

LEAST_WITHOUT_EVENT = 0.30


def same_twice(sentences: list[Sentence]) -> list[str]:
    """Sentences that stand twice, and annotations that stand twice under one sentence."""
    faults = []
    seen: dict[str, Sentence] = {}
    for sentence in sentences:
        key = " ".join(sentence.text.lower().split())
        if key in seen:
            faults.append(f"{sentence.file}:{sentence.line}: stands already at {seen[key].file}:{seen[key].line}")
        seen[key] = sentence
        acts = Counter((event.event, event.trigger) for event in sentence.events)
        faults += [f"{sentence.file}:{sentence.line}: {act[0]} twice at one trigger" for act, n in acts.items() if n > 1]
    return faults


def counts(sentences: list[Sentence]) -> list[str]:
    """The figures of the corpus, a line each."""
    events = [event for sentence in sentences for event in sentence.events]
    without = sum(not sentence.events for sentence in sentences)
    types = Counter(event.event for event in events)
    modes = Counter((event.event, mode) for event in events for mode in event.modes)
    aux = Counter(name for event in events for name in event.aux)
    splits = Counter(sentence.split for sentence in sentences)
    lines = [
        f"sentences {len(sentences)} " + " ".join(f"{name} {n}" for name, n in sorted(splits.items())),
        f"words {sum(len(sentence.text.split()) for sentence in sentences)}",
        f"without an event {without} ({without / max(1, len(sentences)):.0%})",
        f"events {len(events)}, with actor {sum(bool(e.actors) for e in events)}, "
        f"recipient {sum(bool(e.recipients) for e in events)}, place {sum(e.place is not None for e in events)}, "
        f"time {sum(e.time is not None for e in events)}",
        f"statements {sum(len(sentence.statements) for sentence in sentences)}",
        "aux " + " ".join(f"{name} {aux[name]}" for name in AUX),
    ]
    for event in MODES:
        lines.append(f"{event} {types[event]} " + " ".join(f"{mode} {modes[event, mode]}" for mode in MODES[event]))
    return lines


def tables(sentences: list[Sentence], files: int) -> str:
    """The counts as the tables of the card."""
    total, words, without, events, statements, aux, *types = counts(sentences)
    _, number, *splits = total.split()
    splits = ", ".join(f"{name} {count}" for name, count in zip(splits[::2], splits[1::2]))
    rows = [
        ("sentences", f"{number} in {files} topic files: {splits}"),
        ("words, by white space", words.split()[1]),
        ("sentences", without),
        ("events", events.removeprefix("events ")),
        ("statements", statements.split()[1]),
        ("aux", aux.removeprefix("aux ")),
    ]
    lines = ["| | |", "| --- | --- |", *(f"| {name} | {value} |" for name, value in rows)]
    lines += ["", "| type | events | modes |", "| --- | --- | --- |"]
    for line in types:
        event, count, *modes = line.split()
        modes = ", ".join(f"{mode} {n}" for mode, n in zip(modes[::2], modes[1::2]))
        lines.append(f"| {event} | {count} | {modes} |")
    return "\n".join(lines) + "\n"


def write_card(path: Path, sentences: list[Sentence], files: int) -> None:
    """Puts the tables in place of the card's old ones."""
    card = path.read_text(encoding="utf8")
    start, end = card.index("| | |"), card.index("\n## What is in it")
    path.write_text(card[:start] + tables(sentences, files) + card[end:], encoding="utf8")


def missing(sentences: list[Sentence]) -> list[str]:
    """What a whole corpus must hold and this one does not."""
    events = [event for sentence in sentences for event in sentence.events]
    modes = {(event.event, mode) for event in events for mode in event.modes}
    faults = [f"no {event} {mode}" for event, names in MODES.items() for mode in names if (event, mode) not in modes]
    without = sum(not sentence.events for sentence in sentences)
    if without < LEAST_WITHOUT_EVENT * len(sentences):
        faults.append(f"only {without} of {len(sentences)} sentences without an event")
    return faults


def main() -> int:
    folder = Path(__file__).parent
    to_card = sys.argv[1:] == ["--card"]
    whole = to_card or len(sys.argv) == 1
    paths = list(batches(folder)) if whole else [Path(name) for name in sys.argv[1:]]
    sentences: list[Sentence] = []
    faults: list[str] = []
    for path in paths:
        found, wrong = read_file(path)
        sentences += found
        faults += wrong
    faults += same_twice(sentences)
    if whole:
        faults += missing(sentences)
    print("\n".join(counts(sentences)))
    if to_card and not faults:
        write_card(folder / "CARD.md", sentences, len(paths))
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""How far two annotations of the same sentences agree: `agreement.py SECOND`. Standard library only.

SECOND holds sentences of the corpus, annotated again without sight of the first annotation. Two events match when
they have one type and their triggers share a word; two links of matched events when they have one role and share a
word. Figures are F1, the first annotation taken as gold.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from annotations import Event, Sentence, Span, batches, read_file


def overlap(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def links(event: Event) -> list[tuple[str, Span]]:
    """The roles of an event with their phrases."""
    found = [("actor", span) for span in event.actors] + [("recipient", span) for span in event.recipients]
    found += [(role, span) for role, span in (("place", event.place), ("time", event.time)) if span]
    return found


def matched(first: list, second: list, fits) -> list[tuple]:
    """Pairs of fitting items, each used once."""
    left, pairs = list(second), []
    for item in first:
        other = next((other for other in left if fits(item, other)), None)
        if other is not None:
            left.remove(other)
            pairs.append((item, other))
    return pairs


def count(counts: Counter, name: str, first: list, second: list, fits) -> list[tuple]:
    pairs = matched(first, second, fits)
    counts[name, "both"] += len(pairs)
    counts[name, "first"] += len(first)
    counts[name, "second"] += len(second)
    return pairs


def compare(first: Sentence, second: Sentence, counts: Counter) -> None:
    """Adds what the two annotations of one sentence have in common."""
    pairs = count(
        counts, "type", first.events, second.events, lambda a, b: a.event == b.event and overlap(a.trigger, b.trigger)
    )
    count(counts, "trigger", first.events, second.events, lambda a, b: overlap(a.trigger, b.trigger))
    for one, two in pairs:
        for role in ("actor", "recipient", "place", "time"):
            mine, theirs = ([span for name, span in links(event) if name == role] for event in (one, two))
            count(counts, role, mine, theirs, overlap)
        count(counts, "link", links(one), links(two), lambda a, b: a[0] == b[0] and overlap(a[1], b[1]))
        count(counts, "mode", one.modes, two.modes, lambda a, b: a == b)
        count(counts, "aux", one.aux, two.aux, lambda a, b: a == b)
    counts["sentence with an event", "both"] += bool(first.events and second.events)
    counts["sentence with an event", "first"] += bool(first.events)
    counts["sentence with an event", "second"] += bool(second.events)
    statements = count(
        counts, "statement", first.statements, second.statements, lambda a, b: overlap(a.content, b.content)
    )
    speakers = [([a.speaker] if a.speaker else [], [b.speaker] if b.speaker else []) for a, b in statements]
    for mine, theirs in speakers:
        count(counts, "speaker", mine, theirs, overlap)


def figures(pairs: list[tuple[Sentence, Sentence]]) -> dict[str, float]:
    """The number of sentences and the F1 of everything that was annotated twice."""
    counts: Counter = Counter()
    for first, second in pairs:
        compare(first, second, counts)
    names = sorted({name for name, _ in counts})
    total = {name: counts[name, "first"] + counts[name, "second"] for name in names}
    found = {name: round(2 * counts[name, "both"] / total[name], 3) for name in names if total[name]}
    return {"sentences": len(pairs), **found}


def main() -> int:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    known = {s.text: s for path in batches(Path(__file__).parent) for s in read_file(path)[0]}
    second, faults = read_file(Path(sys.argv[1]))
    faults += [f"{sys.argv[1]}:{s.line}: not a sentence of the corpus" for s in second if s.text not in known]
    if faults:
        sys.exit("\n".join(faults))
    print(json.dumps(figures([(known[sentence.text], sentence) for sentence in second])))
    return 0


if __name__ == "__main__":
    sys.exit(main())

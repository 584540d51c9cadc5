#!/usr/bin/env python3
"""Reads annotations of texts that lie outside the repository: `standoff.py DATA` checks and counts them, and tells how far the
second annotation, in `second/`, agrees with the first.

Standard library only; exit code 1 on a fault.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent / "events"))

from agreement import figures  # noqa: E402
from annotations import Event, Fault, Sentence, Span, Statement, parse_annotation  # noqa: E402

SOURCE = "# source: "
WHOLE = "# split: train"
DEV_SHARE = 12


def span_of(text: str, quoted: str) -> Span:
    """`12-18`: start and end in characters of the sentence, end exclusive."""
    match = re.fullmatch(r"(\d+)-(\d+)", quoted.strip())
    if not match or not int(match[1]) < int(match[2]) <= len(text):
        raise Fault(f"no span of the sentence: '{quoted.strip()}'")
    return int(match[1]), int(match[2])


def text_of(documents: dict[str, str], head: str) -> str:
    """The sentence that a line `ID START-END CRC` names. White space counts as spaces."""
    match = re.fullmatch(r"(\S+) (\d+)-(\d+) ([0-9a-f]{8})", head)
    if not match:
        raise Fault("a sentence is 'ID START-END CRC'")
    if match[1] not in documents:
        raise Fault(f"no such document: '{match[1]}'")
    text = re.sub(r"\s", " ", documents[match[1]][int(match[2]) : int(match[3])])
    if checksum(text) != match[4]:
        raise Fault("the document has another text than when it was annotated")
    return text


def split_of(document: str) -> str:
    """One document in twelve is for development."""
    return "train" if crc32(document.encode()) % DEV_SHARE else "dev"


def checksum(text: str) -> str:
    return f"{crc32(text.encode()):08x}"


def documents_of(path: Path) -> dict[str, str]:
    """The texts of a JSON Lines file by id, or the sentences of a CoNLL-U file by theirs."""
    with path.open(encoding="utf8") as file:
        if path.suffix != ".conllu":
            return {item["id"]: item["text"] for item in map(json.loads, file)}
        comments = [line[2:].rstrip("\n").partition(" = ")[::2] for line in file if line.startswith("# ")]
        ids = [value for name, value in comments if name == "sent_id"]
        return dict(zip(ids, [value for name, value in comments if name == "text"], strict=True))


def read_file(path: Path, data: Path) -> tuple[list[Sentence], list[str]]:
    """The sentences of a file, and its faults as `file:line: what`."""
    sentences: list[Sentence] = []
    faults: list[str] = []
    documents: dict[str, str] = {}
    usable = whole = False
    for number, line in enumerate(path.read_text(encoding="utf8").split("\n"), 1):
        try:
            if line.startswith(SOURCE):
                documents = documents_of(data / line.removeprefix(SOURCE))
            elif line == WHOLE:
                whole = True
            elif line.startswith("# split:"):
                raise Fault(f"the only split to name is '{WHOLE}'")
            elif line.startswith("  "):
                if usable:
                    found = parse_annotation(sentences[-1].text, line.strip(), span_of)
                    (sentences[-1].events if isinstance(found, Event) else sentences[-1].statements).append(found)
            elif line.strip() and not line.startswith("#"):
                usable = False
                text = text_of(documents, line)
                document = line.split()[0]
                split = "train" if whole else split_of(document)
                sentences.append(Sentence(text, path.name, number, split, document))
                usable = True
        except Fault as fault:
            faults.append(f"{path}:{number}: {fault}")
    return sentences, faults


def read_standoff(path: Path, data: Path) -> list[Sentence]:
    """The sentences of a file; raises ValueError when a line is at fault."""
    sentences, faults = read_file(path, data)
    if faults:
        raise ValueError("\n".join(faults))
    return sentences


def written(source: str, rows: list[tuple[str, int, int, Sentence]]) -> Iterator[str]:
    """The lines of a file: of each sentence its document, start and end in it, and what is marked."""

    def part(sign: str, spans: list[Span]) -> str:
        return f" {sign} " + "; ".join(f"{start}-{end}" for start, end in spans) if spans else ""

    yield SOURCE + source
    for document, start, end, sentence in rows:
        yield f"{document} {start}-{end} {checksum(sentence.text)}"
        for event in sentence.events:
            head = " ".join([event.event, *event.modes]) + (f" ({', '.join(event.aux)})" if event.aux else "")
            links = part("<", event.actors) + part(">", event.recipients)
            links += part("@", [event.place] if event.place else []) + part("^", [event.time] if event.time else [])
            yield f"  {head}: {event.trigger[0]}-{event.trigger[1]}{links}"
        for said in sentence.statements:
            cue = f"{said.cue[0]}-{said.cue[1]}" if said.cue else "-"
            yield f"  SAY: {cue}{part('<', [said.speaker] if said.speaker else [])}{part('=', [said.content])}"


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("usage: standoff.py DATA")
    status = 0
    first: dict[tuple[str, str], Sentence] = {}
    for path in sorted(FOLDER.glob("*.txt")):
        sentences, faults = read_file(path, Path(sys.argv[1]))
        print(*faults, sep="\n", end="\n" if faults else "", file=sys.stderr)
        status |= bool(faults)
        first |= {(sentence.document, sentence.text): sentence for sentence in sentences}
        events = sum(len(sentence.events) for sentence in sentences)
        without = sum(not sentence.events for sentence in sentences)
        said = sum(len(sentence.statements) for sentence in sentences)
        dev = sum(sentence.split == "dev" for sentence in sentences)
        print(
            f"{path.name}: {len(sentences)} sentences ({dev} dev), {without} without an event, {events} events, "
            f"{said} statements"
        )
    second = [s for path in sorted(FOLDER.glob("second/*.txt")) for s in read_standoff(path, Path(sys.argv[1]))]
    print(json.dumps(figures([(first[s.document, s.text], s) for s in second if (s.document, s.text) in first])))
    sys.exit(status)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Check the name corpus beside this file: marks, labels, nesting, duplicates, non-ASCII characters.

Usage: python3 check.py [FILE ...]     (default: every .txt file in this folder)
Exit status 1 when a line is malformed or occurs twice; non-ASCII characters are only listed.
"""

import collections
import pathlib
import re
import sys

LABELS = ("PER", "ORG", "LOC", "NORP", "MISC")
MARK = re.compile(r"\[([A-Z]+) ([^\[\]]+)\]")


def faults_of(line):
    """The faults of one sentence line, as messages."""
    faults = []
    for label, name in MARK.findall(line):
        if label not in LABELS:
            faults.append(f"unknown label {label}")
        if name != name.strip():
            faults.append(f"space at the edge of the name {name!r}")
        if re.search(r"['\u2019]s$", name):
            faults.append(f"possessive inside the mark {name!r}")
    # Well-formed marks taken out, any bracket left is unbalanced, nested or not a mark.
    if re.search(r"[\[\]]", MARK.sub("", line)):
        faults.append("unbalanced, nested or malformed bracket")
    return faults


def main(arguments):
    folder = pathlib.Path(__file__).resolve().parent
    paths = [pathlib.Path(a) for a in arguments] or sorted(folder.glob("*.txt"))
    label_counts = collections.Counter()
    non_ascii = collections.Counter()
    first_seen = {}
    sentences = words = without_name = fault_count = 0
    for path in paths:
        for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            line = raw.strip()
            if not line or line.startswith("#"):
                continue
            place = f"{path.name}:{number}"
            faults = faults_of(line)
            plain = MARK.sub(r"\2", line)
            if plain in first_seen:
                faults.append(f"same sentence as {first_seen[plain]}")
            first_seen.setdefault(plain, place)
            for fault in faults:
                print(f"{place}: {fault}")
            fault_count += len(faults)
            marks = MARK.findall(line)
            label_counts.update(label for label, _ in marks)
            without_name += not marks
            non_ascii.update(c for c in line if ord(c) > 127)
            sentences += 1
            words += len(plain.split())
    print(f"{sentences} sentences, {words} words, {without_name} without a name, {fault_count} faults")
    print("marks: " + ", ".join(f"{label} {label_counts[label]}" for label in LABELS))
    print("non-ASCII: " + (" ".join(f"{c}x{n}" for c, n in sorted(non_ascii.items())) or "none"))
    return 1 if fault_count or not sentences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

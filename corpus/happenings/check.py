"""Checks the topic files and counts what is in them: `python3 corpus/happenings/check.py`.

Every fault is named with file and line, and makes the exit status 1.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from datetime import date

from topics import FOLDER, SPLITS, Article, Fault, read_topic


def faults_of(article: Article, path) -> list[str]:
    """What is wrong with one article, though its lines are of the format."""
    where, found = f"{path}:{article.line}", []
    try:
        date.fromisoformat(article.published)
    except ValueError:
        found.append(f"{where}: {article.published} is no day")
    if article.text.count("\n\n") < 1:
        found.append(f"{where}: an article has a title and a body")
    if not article.marks:
        found.append(f"{where}: no act is marked")
    return found


def clashing_types(articles: list[Article], path) -> list[str]:
    """A happening has one type, whoever reports it."""
    types = defaultdict(set)
    for article in articles:
        for mark in article.marks:
            types[mark.happening].add(mark.type)
    return [f"{path}: {name} is marked {' and '.join(sorted(kinds))}" for name, kinds in types.items() if len(kinds) > 1]


def main() -> int:
    articles, faults = [], []
    for path in sorted(FOLDER.glob("*.txt")):
        try:
            found = read_topic(path)
        except Fault as fault:
            faults.append(str(fault))
            continue
        faults += [line for article in found for line in faults_of(article, path)]
        faults += clashing_types(found, path)
        articles += found
    for line in faults:
        print(line, file=sys.stderr)
    print("split   topics articles  words  marks happenings  told in several articles  pairs across articles")
    for split in SPLITS:
        print(counts(split, [article for article in articles if article.split == split]))
    return 1 if faults else 0


def counts(split: str, articles: list[Article]) -> str:
    topics = {article.id.rsplit("-", 1)[0] for article in articles}
    words = sum(len(article.text.split()) for article in articles)
    marks = [(mark.happening, article.id) for article in articles for mark in article.marks]
    tellings = defaultdict(Counter)
    for happening, article in marks:
        tellings[happening][article] += 1
    several = sum(len(found) > 1 for found in tellings.values())
    pairs = 0
    for found in tellings.values():
        total = sum(found.values())
        pairs += (total * total - sum(n * n for n in found.values())) // 2
    return f"{split:6} {len(topics):7} {len(articles):8} {words:6} {len(marks):6} {len(tellings):10} {several:25} {pairs:22}"


if __name__ == "__main__":
    sys.exit(main())

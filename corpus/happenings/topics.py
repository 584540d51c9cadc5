"""Reads the topic files of this folder: articles, and in them the marks that say which act a word reports.

    python3 corpus/happenings/topics.py > articles.jsonl

writes one JSON object an article: id, title, text, published, publication, and what `entente annotate` passes over:
split, and marks as offsets in code points (start, end, type, happening).
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "topics"
SPLITS = ("train", "dev", "test")
TYPES = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT"
).split()
HEADER = re.compile(r"== (\d+) \| (\d{4}-\d{2}-\d{2}) \| (\S.*)")
MARK = re.compile(r"\[\[([a-z][a-z0-9-]*):([A-Z]+)\|([^\[\]|]+)\]\]")


class Fault(Exception):
    """Something wrong in a file, with its line."""


@dataclass
class Mark:
    """Words that report an act, and which act of the topic it is."""

    start: int
    end: int
    type: str
    happening: str


@dataclass
class Article:
    """An article of a topic."""

    id: str
    split: str
    published: str
    publication: str
    line: int
    title: str = ""
    text: str = ""
    marks: list[Mark] = field(default_factory=list)


def without_marks(topic: str, marked: str) -> tuple[str, list[Mark]]:
    """The plain words of a line and its marks."""
    text, marks, last = "", [], 0
    for match in MARK.finditer(marked):
        text += marked[last : match.start()]
        name, kind, words = match.groups()
        marks.append(Mark(len(text), len(text) + len(words), kind, f"{topic}/{name}"))
        text += words
        last = match.end()
    return text + marked[last:], marks


def read_topic(path: Path) -> list[Article]:
    """The articles of one file; raises Fault at the first line that is not of the format."""
    split, articles = None, []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        where = f"{path}:{number}"
        if line.startswith("#"):
            if line.startswith("# split: "):
                split = line.removeprefix("# split: ")
                if split not in SPLITS:
                    raise Fault(f"{where}: unknown split {split!r}")
            continue
        if line.startswith("=="):
            match = HEADER.fullmatch(line)
            if not match or not split:
                raise Fault(f"{where}: not an article's head, or no split before it")
            if int(match[1]) != len(articles) + 1:
                raise Fault(f"{where}: articles are not numbered in order")
            articles.append(Article(f"{path.stem}-{match[1]}", split, match[2], match[3], number))
            continue
        if not line:
            continue
        if not articles:
            raise Fault(f"{where}: text before the first article")
        add_line(articles[-1], path.stem, line, where)
    return articles


def add_line(article: Article, topic: str, line: str, where: str) -> None:
    """The first line of an article is its title, which is part of the text."""
    text, marks = without_marks(topic, line)
    if "[[" in text or "]]" in text or "|" in text:
        raise Fault(f"{where}: a mark is not of the form [[name:TYPE|words]]")
    for mark in marks:
        if mark.type not in TYPES:
            raise Fault(f"{where}: unknown type {mark.type}")
        if text[mark.start : mark.end] != text[mark.start : mark.end].strip():
            raise Fault(f"{where}: a mark begins or ends with white space")
    if not article.title:
        article.title = article.text = text
        article.marks = marks
        return
    article.text += "\n\n"
    begin = len(article.text)
    article.text += text
    article.marks += [Mark(m.start + begin, m.end + begin, m.type, m.happening) for m in marks]


def read_topics(folder: Path = FOLDER) -> list[Article]:
    """All articles, topic by topic in the order of their names."""
    return [article for path in sorted(folder.glob("*.txt")) for article in read_topic(path)]


def as_json(article: Article) -> str:
    record = {key: getattr(article, key) for key in ("id", "title", "text", "published", "publication", "split")}
    record["marks"] = [vars(mark) for mark in article.marks]
    return json.dumps(record, ensure_ascii=False)


if __name__ == "__main__":
    try:
        for found in read_topics():
            print(as_json(found))
    except Fault as fault:
        sys.exit(str(fault))

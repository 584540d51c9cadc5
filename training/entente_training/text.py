"""From a word to encoder pieces and a casing class. The Rust side repeats this file exactly."""

from __future__ import annotations

import unicodedata
from pathlib import Path

MAX_WORD_PIECES = 12
MAX_SENTENCE_PIECES = 256

# Typographic characters that the uncased vocabulary lacks, or knows less well than their ASCII sisters.
ASCII_SISTERS = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u2032": "'", "\u00b4": "'", "\u0060": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u2033": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-",
    "\u2026": "...", "\u00ad": "", "\u200b": "", "\ufeff": "",
}

SHAPE_NAMES = ["none", "lower", "capitalised", "upper", "mixed", "digits", "digits_and_letters"]


def is_punctuation(char: str) -> bool:
    """True for characters that always stand as a piece of their own, as in BERT's tokeniser."""
    code = ord(char)
    if 33 <= code <= 47 or 58 <= code <= 64 or 91 <= code <= 96 or 123 <= code <= 126:
        return True
    return unicodedata.category(char).startswith("P")


def normalise(word: str) -> str:
    """ASCII sisters, lower case, canonical decomposition without combining marks and control characters."""
    mapped = "".join(ASCII_SISTERS.get(char, char) for char in word).lower()
    decomposed = unicodedata.normalize("NFD", mapped)
    return "".join(c for c in decomposed if unicodedata.category(c) not in ("Mn", "Cc", "Cf"))


def split_punctuation(word: str) -> list[str]:
    """Runs without punctuation and single punctuation characters; white space separates and is dropped."""
    runs: list[str] = []
    run = ""
    for char in word:
        if char.isspace() or is_punctuation(char):
            if run:
                runs.append(run)
            run = ""
            if not char.isspace():
                runs.append(char)
        else:
            run += char
    if run:
        runs.append(run)
    return runs


def shape_of(word: str) -> int:
    """Casing class of a word: an index into SHAPE_NAMES."""
    upper = sum(char.isupper() for char in word)
    lower = sum(char.islower() for char in word)
    if any(char in "0123456789" for char in word):
        return 6 if upper + lower else 5
    if upper == 0:
        return 1 if lower else 0
    if lower == 0:
        return 3 if upper >= 2 else 2
    first = next(char for char in word if char.isupper() or char.islower())
    return 2 if upper == 1 and first.isupper() else 4


class WordPiece:
    """Greedy longest-match word pieces over an uncased BERT vocabulary."""

    def __init__(self, vocabulary: Path) -> None:
        self.pieces = vocabulary.read_text(encoding="utf8").split("\n")
        if not self.pieces[-1]:
            self.pieces.pop()
        self.ids = {piece: index for index, piece in enumerate(self.pieces)}
        self.unknown, self.start, self.end = self.ids["[UNK]"], self.ids["[CLS]"], self.ids["[SEP]"]
        self.mask, self.pad = self.ids["[MASK]"], self.ids["[PAD]"]
        self._cache: dict[str, list[int]] = {}

    def word(self, word: str) -> list[int]:
        """Piece ids of one word, at least one and at most MAX_WORD_PIECES."""
        known = self._cache.get(word)
        if known is None:
            known = [piece for run in split_punctuation(normalise(word)) for piece in self._run(run)]
            known = known[:MAX_WORD_PIECES] or [self.unknown]
            self._cache[word] = known
        return known

    def _run(self, run: str) -> list[int]:
        if len(run) > 100:
            return [self.unknown]
        found: list[int] = []
        start = 0
        while start < len(run):
            end = len(run)
            while end > start:
                piece = self.ids.get(("##" if start else "") + run[start:end])
                if piece is not None:
                    break
                end -= 1
            else:
                return [self.unknown]
            found.append(piece)
            start = end
        return found

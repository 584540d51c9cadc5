#!/usr/bin/env python3
"""Writes the encoder's input for the words of a CoNLL-U file: `pieces.py VOCABULARY IN.conllu OUT`.

One sentence a line: pieces, casing classes and first pieces, separated by semicolons. Run with
training/ on PYTHONPATH.
"""
import sys
from pathlib import Path

from entente_training.text import MAX_SENTENCE_PIECES, WordPiece, shape_of


def main() -> None:
    vocabulary, source, target = sys.argv[1:]
    encoder = WordPiece(Path(vocabulary))
    with open(source, encoding="utf8") as lines, open(target, "w", encoding="utf8") as out:
        words: list[str] = []
        for line in lines:
            columns = line.rstrip("\n").split("\t")
            if columns[0].isdigit():
                words.append(columns[1])
            elif not line.strip() and words:
                pieces, shapes, firsts = [encoder.start], [0], []
                for word in words:
                    firsts.append(len(pieces))
                    pieces += encoder.word(word)
                    shapes += [shape_of(word)] * (len(pieces) - len(shapes))
                if len(pieces) < MAX_SENTENCE_PIECES:
                    lists = pieces + [encoder.end], shapes + [0], firsts
                    out.write(";".join(" ".join(map(str, numbers)) for numbers in lists) + "\n")
                words = []


main()

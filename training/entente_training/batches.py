"""Encoded sentences, augmentation and batches of tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from .data import IGNORED, NAME_TAGS, Sentence
from .lemma import make_script
from .text import MAX_SENTENCE_PIECES, WordPiece, shape_of


@dataclass
class Batch:
    """Padded tensors of some sentences; targets are IGNORED where nothing is known."""

    pieces: Tensor
    shapes: Tensor
    mask: Tensor
    firsts: Tensor
    upos: Tensor
    lemma: Tensor
    heads: Tensor
    relations: Tensor
    names: Tensor  # bool [B,W,C]: tags allowed; all False where nothing is known


def recased(sentence: Sentence, rng: random.Random) -> Sentence:
    """The sentence as a headline or a careless writer would set it: Title Case, UPPER or lower."""
    style = rng.choice(("title", "upper", "lower"))
    if style == "title":
        small = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "by", "with", "from", "as"}
        words = [w if w.lower() in small and i else w[:1].upper() + w[1:] for i, w in enumerate(sentence.words)]
    else:
        words = [w.upper() if style == "upper" else w.lower() for w in sentence.words]
    return replace(sentence, words=words)


def without_final_stop(sentence: Sentence) -> Sentence:
    """The sentence without its last full stop, if nothing hangs on it."""
    last = len(sentence.words)
    if last < 4 or sentence.words[-1] != "." or last in sentence.heads:
        return sentence
    names = sentence.names[:-1] if sentence.names is not None else None
    parts = {key: getattr(sentence, key)[:-1] for key in ("words", "upos", "lemmas", "heads", "relations")}
    return replace(sentence, names=names, **parts)


def augmented(sentence: Sentence, rng: random.Random, recase: float, no_stop: float) -> Sentence:
    """A training view of the sentence."""
    if rng.random() < no_stop:
        sentence = without_final_stop(sentence)
    if rng.random() < recase:
        sentence = recased(sentence, rng)
    return sentence


class Encoder:
    """Turns sentences into batches under one label inventory."""

    def __init__(self, tokens: WordPiece, labels: dict[str, list[str]]) -> None:
        self.tokens = tokens
        self.upos = {label: index for index, label in enumerate(labels["upos"])}
        self.lemma = {label: index for index, label in enumerate(labels["lemma"])}
        self.relation = {label: index for index, label in enumerate(labels["relation"])}

    def length(self, sentence: Sentence) -> int:
        """Pieces of the sentence with [CLS] and [SEP]."""
        return 2 + sum(len(self.tokens.word(word)) for word in sentence.words)

    def batch(self, sentences: list[Sentence], rng: random.Random | None = None, word_dropout: float = 0.0) -> Batch:
        """Tensors of the sentences; with a generator, some words are replaced by [MASK]."""
        rows = []
        for sentence in sentences:
            pieces, shapes, firsts = [self.tokens.start], [0], []
            for word in sentence.words:
                ids = self.tokens.word(word)
                firsts.append(len(pieces))
                if rng is not None and rng.random() < word_dropout:
                    ids = [self.tokens.mask]
                pieces += ids
                shapes += [shape_of(word)] * len(ids)
            rows.append((pieces + [self.tokens.end], shapes + [0], firsts))
        size, length = len(rows), max(len(row[0]) for row in rows)
        words = max(len(row[2]) for row in rows)
        arrays = {name: np.zeros((size, length), np.int64) for name in ("pieces", "shapes", "mask")}
        firsts_array = np.zeros((size, words), np.int64)
        targets = {n: np.full((size, words), IGNORED, np.int64) for n in ("upos", "lemma", "heads", "relations")}
        names = np.zeros((size, words, len(NAME_TAGS)), bool)
        for index, ((pieces, shapes, firsts), sentence) in enumerate(zip(rows, sentences)):
            arrays["pieces"][index, : len(pieces)] = pieces
            arrays["shapes"][index, : len(shapes)] = shapes
            arrays["mask"][index, : len(pieces)] = 1
            firsts_array[index, : len(firsts)] = firsts
            if sentence.heads:
                count = len(sentence.words)
                scripts = map(make_script, sentence.words, sentence.lemmas)
                targets["upos"][index, :count] = [self.upos[tag] for tag in sentence.upos]
                targets["lemma"][index, :count] = [self.lemma.get(script, IGNORED) for script in scripts]
                targets["heads"][index, :count] = sentence.heads
                targets["relations"][index, :count] = [self.relation.get(r, IGNORED) for r in sentence.relations]
            if sentence.names is not None:
                for word, allowed in enumerate(sentence.names):
                    names[index, word] = [allowed >> tag & 1 for tag in range(len(NAME_TAGS))]
        tensors = {name: torch.from_numpy(array) for name, array in (arrays | targets).items()}
        return Batch(firsts=torch.from_numpy(firsts_array), names=torch.from_numpy(names), **tensors)

    def batches(
        self, sentences: list[Sentence], pieces: int, rng: random.Random | None = None
    ) -> Iterator[list[Sentence]]:
        """Groups of sentences of similar length with at most `pieces` padded pieces a group."""
        order = [(self.length(sentence), index) for index, sentence in enumerate(sentences)]
        order = [item for item in order if item[0] <= MAX_SENTENCE_PIECES]
        if rng is not None:
            # A little noise in the length so that groups differ from epoch to epoch.
            order = [(length * rng.uniform(0.9, 1.1), index) for length, index in order]
        order.sort()
        groups: list[list[Sentence]] = []
        group: list[Sentence] = []
        longest = 0
        for _, index in order:
            longest = max(longest, self.length(sentences[index]))
            if group and longest * (len(group) + 1) > pieces:
                groups.append(group)
                group, longest = [], self.length(sentences[index])
            group.append(sentences[index])
        if group:
            groups.append(group)
        if rng is not None:
            rng.shuffle(groups)
        yield from groups

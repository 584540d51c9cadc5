"""Encoded sentences, augmentation and batches of tensors."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
import torch
from torch import Tensor

from .acts import ACT_ROLES, AUX, TYPES
from .data import IGNORED, NAME_TAGS, Sentence
from .lemma import make_script
from .text import MAX_SENTENCE_PIECES, WordPiece, shape_of


class OnDevice:
    """Tensors that move together."""

    def to(self, device: torch.device) -> Self:
        """A copy with all tensors on the device."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return replace(self, **{name: value.to(device) for name, value in values.items()})


@dataclass
class Batch(OnDevice):
    """Padded tensors of some sentences; targets are IGNORED where nothing is known."""

    pieces: Tensor
    shapes: Tensor
    mask: Tensor
    firsts: Tensor
    lasts: Tensor
    upos: Tensor
    lemma: Tensor
    heads: Tensor
    relations: Tensor
    names: Tensor  # bool [B,W,C]: tags allowed; all False where nothing is known
    acts: ActTargets
    quotes: QuoteTargets
    pairs: PairTargets
    factuality: Tensor  # float [B,W], NaN where nothing is known


@dataclass
class ActTargets(OnDevice):
    """The events of a batch. `types` is [B,W], 0 where no event is, IGNORED where unknown; the others have a row an
    event. In `links` [A,W,R] a word is 1 in the role, 0 not, IGNORED either way."""

    types: Tensor
    row: Tensor
    word: Tensor
    event: Tensor
    modes: Tensor  # [A,M] 1, 0, or IGNORED for modes of other types
    aux: Tensor  # [A,X]
    links: Tensor


@dataclass
class QuoteTargets(OnDevice):
    """The statements of a batch. `cues` is [B,W], IGNORED where unknown; the others have a row a statement."""

    cues: Tensor
    row: Tensor
    word: Tensor
    speaker: Tensor  # [Q,W] 1, 0 or IGNORED
    first: Tensor
    last: Tensor


@dataclass
class PairTargets(OnDevice):
    """Marked pairs: words of source and target [P,W] (all False where unmarked), allowed types [P,16]."""

    row: Tensor
    source: Tensor
    target: Tensor
    allowed: Tensor
    conventional: Tensor  # bool [P]: by PLV's conventions


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


def quote_targets(sentences: list[Sentence], words: int) -> QuoteTargets:
    """Targets of the sentences whose statements are known."""
    cues = np.full((len(sentences), words), IGNORED, np.float32)
    quotes = [(row, quote) for row, sentence in enumerate(sentences) for quote in sentence.quotes or []]
    for row, sentence in enumerate(sentences):
        if sentence.quotes_known:
            cues[row, : len(sentence.words)] = 0
    speaker = np.full((len(quotes), words), IGNORED, np.float32)
    for index, (row, quote) in enumerate(quotes):
        cues[row, quote.cue] = 1
        speaker[index, : len(sentences[row].words)] = 0
        speaker[index, quote.blurred] = IGNORED
        speaker[index, quote.speaker] = 1
    index = np.array([[row, q.cue, q.first, q.last] for row, q in quotes], np.int64).reshape(-1, 4)
    row, word, first, last = torch.from_numpy(index).unbind(1)
    return QuoteTargets(torch.from_numpy(cues), row, word, torch.from_numpy(speaker), first, last)


def pair_targets(sentences: list[Sentence], words: int) -> PairTargets:
    """Targets of the sentences of which only one event's type is known."""
    rows = [row for row, sentence in enumerate(sentences) if sentence.pair is not None]
    source, target = np.zeros((len(rows), words), bool), np.zeros((len(rows), words), bool)
    allowed = np.zeros((len(rows), len(TYPES)), bool)
    for index, row in enumerate(rows):
        pair = sentences[row].pair
        source[index, pair.source], target[index, pair.target], allowed[index, pair.allowed] = True, True, True
    conventional = torch.tensor([sentences[row].pair.conventional for row in rows], dtype=torch.bool)
    marks = map(torch.from_numpy, (source, target, allowed))
    return PairTargets(torch.tensor(rows, dtype=torch.long), *marks, conventional)


def factuality_targets(sentences: list[Sentence], words: int) -> Tensor:
    """How sure predicates are to have happened."""
    found = np.full((len(sentences), words), np.nan, np.float32)
    for row, sentence in enumerate(sentences):
        for word, value in sentence.factuality.items():
            found[row, word] = value
    return torch.from_numpy(found)


class Encoder:
    """Turns sentences into batches under one label inventory."""

    def __init__(self, tokens: WordPiece, labels: dict[str, list[str]]) -> None:
        self.tokens = tokens
        self.upos = {label: index for index, label in enumerate(labels["upos"])}
        self.lemma = {label: index for index, label in enumerate(labels["lemma"])}
        self.relation = {label: index for index, label in enumerate(labels["relation"])}
        self.mode = {label: index for index, label in enumerate(labels["mode"])}
        self.event_modes = np.array([[label.split()[0] == event for label in labels["mode"]] for event in TYPES])

    def length(self, sentence: Sentence) -> int:
        """Pieces of the sentence with [CLS] and [SEP]."""
        return 2 + sum(len(self.tokens.word(word)) for word in sentence.words)

    def batch(self, sentences: list[Sentence], rng: random.Random | None = None, word_dropout: float = 0.0) -> Batch:
        """Tensors of the sentences; with a generator, some words are replaced by [MASK]."""
        rows = []
        for sentence in sentences:
            pieces, shapes, firsts, lasts = [self.tokens.start], [0], [], []
            for word in sentence.words:
                ids = self.tokens.word(word)
                firsts.append(len(pieces))
                if rng is not None and rng.random() < word_dropout:
                    ids = [self.tokens.mask]
                pieces += ids
                shapes += [shape_of(word)] * len(ids)
                lasts.append(len(pieces) - 1)
            rows.append((pieces + [self.tokens.end], shapes + [0], firsts, lasts))
        size, length = len(rows), max(len(row[0]) for row in rows)
        words = max(len(row[2]) for row in rows)
        arrays = {name: np.zeros((size, length), np.int64) for name in ("pieces", "shapes", "mask")}
        ends = {name: np.zeros((size, words), np.int64) for name in ("firsts", "lasts")}
        targets = {n: np.full((size, words), IGNORED, np.int64) for n in ("upos", "lemma", "heads", "relations")}
        names = np.zeros((size, words, len(NAME_TAGS)), bool)
        for index, ((pieces, shapes, firsts, lasts), sentence) in enumerate(zip(rows, sentences)):
            arrays["pieces"][index, : len(pieces)] = pieces
            arrays["shapes"][index, : len(shapes)] = shapes
            arrays["mask"][index, : len(pieces)] = 1
            ends["firsts"][index, : len(firsts)] = firsts
            ends["lasts"][index, : len(lasts)] = lasts
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
        tensors = {name: torch.from_numpy(array) for name, array in (arrays | ends | targets).items()}
        return Batch(
            names=torch.from_numpy(names),
            acts=self.act_targets(sentences, words),
            quotes=quote_targets(sentences, words),
            pairs=pair_targets(sentences, words),
            factuality=factuality_targets(sentences, words),
            **tensors,
        )

    def act_targets(self, sentences: list[Sentence], words: int) -> ActTargets:
        """Targets of the sentences whose events are known."""
        types = np.full((len(sentences), words), IGNORED, np.int64)
        acts = [(row, act) for row, sentence in enumerate(sentences) for act in sentence.acts or []]
        for row, sentence in enumerate(sentences):
            if sentence.acts is not None:
                types[row, : len(sentence.words)] = 0
        for row, act in acts:
            types[row, act.rest] = IGNORED
        for row, act in acts:
            types[row, act.trigger] = act.event + 1
        modes = np.full((len(acts), len(self.mode)), IGNORED, np.float32)
        aux = np.zeros((len(acts), len(AUX)), np.float32)
        links = np.full((len(acts), words, len(ACT_ROLES)), IGNORED, np.float32)
        for index, (row, act) in enumerate(acts):
            if act.modes is not None:
                modes[index, self.event_modes[act.event]] = 0
                modes[index, [self.mode[mode] for mode in act.modes]] = 1
            aux[index, act.aux] = 1
            if act.links is None:
                continue
            links[index, : len(sentences[row].words)] = 0
            for column, role in enumerate(ACT_ROLES):
                links[index, act.blurred[role], column] = IGNORED
                links[index, act.links[role], column] = 1
        index = np.array([[row, act.trigger, act.event] for row, act in acts], np.int64).reshape(-1, 3)
        columns = torch.from_numpy(index).unbind(1)
        return ActTargets(torch.from_numpy(types), *columns, *map(torch.from_numpy, (modes, aux, links)))

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

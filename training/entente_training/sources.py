"""What each stage of the training reads: the corpora, and how much of each an epoch sees."""

from __future__ import annotations

import argparse
import pickle
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import torch

from .acts import (
    StateSwapper,
    add_factuality,
    import_from,
    read_events,
    read_examples,
    read_headlines,
    read_pairs,
    read_polnear,
    read_standoff,
    read_veridicality,
)
from .batches import Encoder, augmented
from .data import UPOS, Sentence, label_inventory, read_conllu
from .model import Model
from .names import Gazetteer, name_sentences, silver_names
from .swapping import Swapper

Parse = Callable[[list[Sentence]], list[Sentence]]

FOLDS = 5


def fold_of(sentence: Sentence) -> int:
    """The cross-validation fold of a sentence with marked pairs: of all its pairs the same."""
    return crc32(" ".join(sentence.words).encode()) % FOLDS


def labels_of(treebank: list[Sentence], events: Path) -> dict[str, list[str]]:
    """Labels of all heads, in logit order."""
    modes = import_from(events, "annotations").MODES
    return label_inventory(treebank) | {"mode": [f"{event} {mode}" for event, names in modes.items() for mode in names]}


@torch.no_grad()
def parse_with(model: Model, encoder: Encoder, sentences: list[Sentence]) -> list[Sentence]:
    """Copies of the sentences with tags and heads chosen word by word; enough to find the heads of phrases."""
    model.eval()
    order = {id(sentence): index for index, sentence in enumerate(sentences)}
    parsed = list(sentences)
    for group in encoder.batches(sentences, 1800):
        batch = encoder.batch(group)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = model(batch.pieces, batch.shapes, batch.mask, batch.firsts, batch.lasts)
        heads, tags = scores.arcs.argmax(-1).tolist(), scores.upos.argmax(-1).tolist()
        for sentence, head_row, tag_row in zip(group, heads, tags):
            count = len(sentence.words)
            tags_here = [UPOS[tag] for tag in tag_row[:count]]
            parsed[order[id(sentence)]] = replace(sentence, heads=head_row[:count], upos=tags_here)
    for index, sentence in enumerate(parsed):
        if not sentence.heads:  # too long for the encoder
            count = len(sentence.words)
            parsed[index] = replace(sentence, heads=list(range(2, count + 1)) + [0], upos=["NOUN"] * count)
    model.train()
    return parsed


class Language:
    """The first stage: treebank and names."""

    def __init__(self, arguments: argparse.Namespace, treebank: list[Sentence]) -> None:
        data = arguments.data
        gazetteer = Gazetteer(data)
        for sentence in treebank:
            silver_names(sentence, gazetteer)
        self.treebank = treebank
        self.named, _ = name_sentences(data, arguments.names, arguments.excluded)
        self.swapper = Swapper(self.named, data, gazetteer)

    def epoch(self, rng: random.Random) -> list[Sentence]:
        swapped = [self.swapper.swapped(sentence, rng, share=0.5) for sentence in self.named]
        return [augmented(sentence, rng, recase=0.08, no_stop=0.05) for sentence in self.treebank + swapped]


class Events:
    """The second stage: all that the first has, and events, statements, factuality and marked pairs."""

    def __init__(self, arguments: argparse.Namespace, treebank: list[Sentence], parse: Parse) -> None:
        data, without = arguments.data, set(arguments.without)
        self.language = Language(arguments, treebank)
        self.arguments = arguments
        share = arguments.share
        self.events = read_events(arguments.events, "train", parse, share) if "events" not in without else []
        self.polnear: list[Sentence] = []
        if "polnear" not in without:
            cache = arguments.work / "polnear.pickle"
            if not cache.exists():
                split_of = import_from(arguments.standoff, "standoff").split_of
                found = read_polnear(data / "polnear" / "train.jsonl", parse, lambda key: split_of(key) == "dev")
                cache.write_bytes(pickle.dumps(found))
            self.polnear = pickle.loads(cache.read_bytes())
        self.veridicality: list[Sentence] = []
        if "factuality" not in without:
            add_factuality(treebank, data / "factuality" / "uds_ih2_train.jsonl")
            for name in ("megaveridicality2_train", "verb_veridicality_rp_train"):
                self.veridicality += read_veridicality(data / "factuality" / f"{name}.jsonl")
        self.headlines = read_headlines(data / "ngec" / "ngec_synthetic.jsonl") if "ngec" not in without else []
        self.examples = read_examples(arguments.codebook, parse, share) if "codebook" not in without else []
        self.standoff: list[Sentence] = []
        if "standoff" not in without:
            self.standoff += read_real(arguments, "train", parse, share)
        self.pairs: list[Sentence] = []
        if arguments.plv:
            pairs = read_pairs(data / "plv" / "plv_train.jsonl")
            self.pairs = [pair for pair in pairs if fold_of(pair) != arguments.plv_fold]
            marked = read_standoff(arguments.standoff / "plv.txt", data, "train", parse)
            self.standoff += [sentence for sentence in marked if fold_of(sentence) != arguments.plv_fold]
        self.states = StateSwapper(data / "state" / "ngec_countries_nationalities.csv")

    def epoch(self, rng: random.Random) -> list[Sentence]:
        def some(sentences: list[Sentence], share: float) -> list[Sentence]:
            return rng.sample(sentences, round(len(sentences) * share))

        whole, rest = divmod(self.arguments.language_share, 1.0)
        found = some(self.language.epoch(rng), rest)
        for _ in range(int(whole)):
            found += self.language.epoch(rng)
        added = self.events * self.arguments.event_copies + self.examples
        added += self.standoff * self.arguments.standoff_copies
        added += some(self.polnear, self.arguments.polnear_share) + some(self.veridicality, 0.1)
        added += [rng.choice(variants) for variants in self.headlines]
        added += self.pairs * self.arguments.pair_copies
        for sentence in added:
            if rng.random() < 0.6:
                sentence = self.states.swapped(sentence, rng)
            found.append(augmented(sentence, rng, recase=0.05, no_stop=0.0))
        return found


def read_real(arguments: argparse.Namespace, split: str, parse: Parse, share: float = 1.0) -> list[Sentence]:
    """The annotated sentences of real texts, but those with marked pairs."""
    paths = [arguments.standoff / f"{name}.txt" for name in ("news", "polnear", "weblogs")]
    return [found for path in paths for found in read_standoff(path, arguments.data, split, parse, share)]


def treebank_of(data: Path, part: str) -> list[Sentence]:
    """UD English EWT."""
    return read_conllu(data / "ud" / f"en_ewt-{part}.conllu")

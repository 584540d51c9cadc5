"""What each stage of the training reads: the corpora, and how much of each an epoch sees."""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

from .acts import (
    StateSwapper,
    add_factuality,
    import_from,
    read_headlines,
    read_pairs,
    read_veridicality,
)
from .batches import augmented
from .data import Sentence, label_inventory, read_conllu
from .names import Gazetteer, name_sentences, silver_names
from .swapping import Swapper

FOLDS = 5


def fold_of(sentence: Sentence) -> int:
    """The cross-validation fold of a sentence with marked pairs: of all its pairs the same."""
    return crc32(" ".join(sentence.words).encode()) % FOLDS


def labels_of(treebank: list[Sentence], events: Path) -> dict[str, list[str]]:
    """Labels of all heads, in logit order."""
    modes = import_from(events, "annotations").MODES
    return label_inventory(treebank) | {"mode": [f"{event} {mode}" for event, names in modes.items() for mode in names]}


@dataclass
class Parsed:
    """Parsed sentences with targets, by split where a source has splits."""

    events: dict[str, list[Sentence]]
    real: dict[str, list[Sentence]]
    marked: list[Sentence]  # PLV's annotated sentences
    polnear: list[Sentence]
    examples: list[Sentence]


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

    def __init__(self, arguments: argparse.Namespace, treebank: list[Sentence], parsed: Parsed) -> None:
        data, without, share = arguments.data, set(arguments.without), arguments.share
        self.language = Language(arguments, treebank)
        self.arguments = arguments

        def of(source: str, sentences: list[Sentence]) -> list[Sentence]:
            return [] if source in without else always_some(sentences, share)

        if "trees" in without:
            parsed = without_trees(parsed)

        self.events = of("events", parsed.events["train"])
        self.standoff = of("standoff", parsed.real["train"])
        self.examples = of("codebook", parsed.examples)
        self.polnear = [] if "polnear" in without else parsed.polnear
        self.veridicality: list[Sentence] = []
        if "factuality" not in without:
            add_factuality(treebank, data / "factuality" / "uds_ih2_train.jsonl")
            for name in ("megaveridicality2_train", "verb_veridicality_rp_train"):
                self.veridicality += read_veridicality(data / "factuality" / f"{name}.jsonl")
        self.headlines = read_headlines(data / "ngec" / "ngec_synthetic.jsonl") if "ngec" not in without else []
        self.pairs: list[Sentence] = []
        if arguments.plv:
            pairs = read_pairs(data / "plv" / "plv_train.jsonl")
            self.pairs = [pair for pair in pairs if fold_of(pair) != arguments.plv_fold]
            self.standoff = self.standoff + [s for s in parsed.marked if fold_of(s) != arguments.plv_fold]
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


def without_trees(parsed: Parsed) -> Parsed:
    """The sentences with nothing but their events and statements."""
    bare = {"upos": [], "lemmas": [], "heads": [], "relations": [], "names": None}

    def strip(sentences: list[Sentence]) -> list[Sentence]:
        return [replace(sentence, **bare) for sentence in sentences]

    splits = {split: strip(sentences) for split, sentences in parsed.events.items()}
    real = {split: strip(sentences) for split, sentences in parsed.real.items()}
    return Parsed(splits, real, strip(parsed.marked), strip(parsed.polnear), strip(parsed.examples))


def always_some(sentences: list[Sentence], share: float) -> list[Sentence]:
    """A share of the sentences, the same in every epoch and run."""
    return sentences if share >= 1 else random.Random(7).sample(sentences, round(share * len(sentences)))


def treebank_of(data: Path, part: str) -> list[Sentence]:
    """UD English EWT."""
    return read_conllu(data / "ud" / f"en_ewt-{part}.conllu")

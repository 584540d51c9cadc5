"""The sources of events and statements, read once and parsed by an ensemble of models of the first stage.

    python -m entente_training.parsed CHECKPOINT... --out PARSED.pickle --data DATA --events … --standoff … --codebook …

Their targets stand at the heads of phrases, which the trees tell. The trees, tags, lemmas and names stay with the
sentences and are learnt beside the events: so the stage that learns events does not unlearn syntax.
"""

from __future__ import annotations

import argparse
import pickle
from dataclasses import replace
from pathlib import Path

import torch

from .acts import import_from, read_events, read_examples, read_polnear, read_standoff
from .batches import Encoder
from .data import Sentence
from .export import load_checkpoint
from .lemma import apply_script
from .model import Model, half_precision
from .names import tagged
from .predict import best_names
from .sources import Parsed
from .text import WordPiece
from .trees import best_tree

REAL_TEXTS = ("news", "polnear", "weblogs")


class Ensemble:
    """Parses by the mean log probabilities of several models."""

    def __init__(self, models: list[Model], encoder: Encoder, labels: dict[str, list[str]], device: torch.device) -> None:
        self.models = [model.eval().to(device) for model in models]
        self.encoder, self.labels, self.device = encoder, labels, device

    def __call__(self, sentences: list[Sentence]) -> list[Sentence]:
        """Copies with tags, lemmas, trees and names, in the order given. A sentence too long for the encoder gets a
        chain for a tree; no batch will hold it."""
        parsed = [chained(sentence) for sentence in sentences]
        order = {id(sentence): index for index, sentence in enumerate(sentences)}
        for group in self.encoder.batches(sentences, 8192):
            with half_precision(self.device):
                found = self._group(group)
            for sentence, tree in zip(group, found):
                parsed[order[id(sentence)]] = tree
        return parsed

    @torch.no_grad()
    def _group(self, group: list[Sentence]) -> list[Sentence]:
        batch = self.encoder.batch([Sentence(sentence.words) for sentence in group]).to(self.device)
        inputs = (batch.pieces, batch.shapes, batch.mask, batch.firsts, batch.lasts)
        scores = [model(*inputs) for model in self.models]

        def mean(name: str) -> torch.Tensor:
            return torch.stack([getattr(score, name).float().log_softmax(-1) for score in scores]).mean(0)

        arcs, names = mean("arcs").cpu().numpy(), mean("names").cpu().numpy()
        upos, lemma = mean("upos").argmax(-1).tolist(), mean("lemma").argmax(-1).tolist()
        counts = [len(sentence.words) for sentence in group]
        heads = [best_tree(arcs[row, :count, : count + 1]) for row, count in enumerate(counts)]
        padded = torch.zeros(arcs.shape[:2], dtype=torch.long, device=self.device)
        for row, count in enumerate(counts):
            padded[row, :count] = torch.tensor(heads[row], device=self.device)
        relations = self._relations(scores, padded).tolist()
        found = []
        for row, (sentence, count) in enumerate(zip(group, counts)):
            scripts = [self.labels["lemma"][script] for script in lemma[row][:count]]
            found.append(
                replace(
                    sentence,
                    upos=[self.labels["upos"][tag] for tag in upos[row][:count]],
                    lemmas=[apply_script(script, word) for script, word in zip(scripts, sentence.words)],
                    heads=heads[row],
                    relations=[self.labels["relation"][relation] for relation in relations[row][:count]],
                    names=tagged(count, best_names(names[row, :count])),
                )
            )
        return found

    def _relations(self, scores: list, heads: torch.Tensor) -> torch.Tensor:
        """The likeliest relation of each word to its head [B,W]; `root` under the root and nowhere else."""
        total = 0.0
        for model, score in zip(self.models, scores):
            chosen = torch.gather(
                score.relation_head, 1, heads[:, :, None].expand(-1, -1, score.relation_head.shape[-1])
            )
            total = total + model.relations(score.relation_dependent, chosen).float().log_softmax(-1)
        root = self.labels["relation"].index("root")
        likeliest = total.masked_fill(torch.arange(total.shape[-1], device=total.device) == root, -torch.inf).argmax(-1)
        return likeliest.masked_fill(heads == 0, root)


def chained(sentence: Sentence) -> Sentence:
    """The sentence with each word under the next."""
    count = len(sentence.words)
    return replace(sentence, heads=[*range(2, count + 1), 0], upos=["NOUN"] * count)


def read_all(arguments: argparse.Namespace, parse: Ensemble) -> Parsed:
    """All sources that need a parse."""
    data, standoff = arguments.data, arguments.standoff
    split_of = import_from(standoff, "standoff").split_of

    def real(split: str) -> list[Sentence]:
        return [found for name in REAL_TEXTS for found in read_standoff(standoff / f"{name}.txt", data, split, parse)]

    return Parsed(
        events={split: read_events(arguments.events, split, parse) for split in ("train", "dev")},
        real={split: real(split) for split in ("train", "dev")},
        marked=read_standoff(standoff / "plv.txt", data, "train", parse),
        polnear=read_polnear(data / "polnear" / "train.jsonl", parse, lambda key: split_of(key) == "dev"),
        examples=read_examples(arguments.codebook, parse),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", type=Path, nargs="+", help="models of the first stage")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder with polnear/, plv/ and the texts of standoff")
    parser.add_argument("--events", type=Path, required=True, help="folder with the project's own event sentences")
    parser.add_argument("--standoff", type=Path, required=True, help="folder with annotations of texts under --data")
    parser.add_argument("--codebook", type=Path, required=True, help="folder with the codebook, for its examples")
    parser.add_argument("--device", type=torch.device, default=torch.device("cpu"))
    arguments = parser.parse_args()
    loaded = [load_checkpoint(path) for path in arguments.checkpoints]
    labels = loaded[0][1]
    encoder = Encoder(WordPiece(arguments.vocabulary), labels)
    parse = Ensemble([model for model, _ in loaded], encoder, labels, arguments.device)
    found = read_all(arguments, parse)
    partial = arguments.out.with_suffix(".partial")
    partial.write_bytes(pickle.dumps(found))
    partial.replace(arguments.out)


if __name__ == "__main__":
    main()

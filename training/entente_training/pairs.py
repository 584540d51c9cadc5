"""Event types of marked pairs by a checkpoint alone, without the codebook: `entente classify`'s lines for score.py.

    python -m entente_training.pairs CHECKPOINT DATA/plv/plv_train.jsonl OUT.jsonl --vocabulary VOCAB [--fold K]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from .acts import TYPES, read_pairs
from .batches import Encoder
from .data import Sentence
from .export import load_checkpoint
from .model import Model
from .sources import fold_of
from .text import WordPiece


@torch.no_grad()
def classified(model: Model, encoder: Encoder, pairs: list[Sentence]) -> dict[str, str]:
    """The likeliest type of every pair that the encoder can take."""
    model.eval()
    found = {}
    for group in encoder.batches(pairs, 2048):
        batch = encoder.batch(group)
        scores = model(batch.pieces, batch.shapes, batch.mask, batch.firsts, batch.lasts)
        targets = batch.pairs
        marks = (scores, batch.firsts > 0, targets.row, targets.source, targets.target)
        logits = model.conventional_pair_types(*marks)
        for sentence, index in zip(group, logits.argmax(-1).tolist()):
            found[sentence.key] = TYPES[index]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--fold", type=int, help="only the pairs of this fold")
    arguments = parser.parse_args()
    model, labels = load_checkpoint(arguments.checkpoint)
    encoder = Encoder(WordPiece(arguments.vocabulary), labels)
    pairs = read_pairs(arguments.pairs)
    if arguments.fold is not None:
        pairs = [pair for pair in pairs if fold_of(pair) == arguments.fold]
    found = classified(model, encoder, pairs)
    with arguments.out.open("w", encoding="utf8") as file:
        for key, event in found.items():
            file.write(json.dumps({"id": key, "event": event}) + "\n")


if __name__ == "__main__":
    main()

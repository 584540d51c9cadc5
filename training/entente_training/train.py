"""Trains the model. The same command resumes after an interruption, from the last checkpoint."""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from .batches import Batch, Encoder, augmented
from .data import IGNORED, Sentence, label_inventory, read_conllu
from .model import Model, Scores, Sizes
from .names import Gazetteer, name_sentences, silver_names
from .swapping import Swapper
from .text import WordPiece


def losses(model: Model, scores: Scores, batch: Batch) -> dict[str, Tensor]:
    """Mean loss a word of every head; a head without targets in the batch gives nothing."""
    found: dict[str, Tensor] = {}
    known = batch.heads != IGNORED
    if known.any():
        found["upos"] = F.cross_entropy(scores.upos[known].float(), batch.upos[known])
        found["lemma"] = F.cross_entropy(scores.lemma[known].float(), batch.lemma[known], ignore_index=IGNORED)
        found["arcs"] = F.cross_entropy(scores.arcs[known].float(), batch.heads[known])
        gold_heads = torch.gather(
            scores.relation_head, 1, batch.heads.clamp_min(0)[:, :, None].expand_as(scores.relation_dependent)
        )
        logits = model.relations(scores.relation_dependent[known], gold_heads[known]).float()
        found["relations"] = F.cross_entropy(logits, batch.relations[known], ignore_index=IGNORED)
    named = batch.names.any(-1)
    if named.any():
        # The probability of the tags that the source allows: of one tag where it says all, of several where not.
        log_probabilities = scores.names[named].float().log_softmax(-1)
        allowed = log_probabilities.masked_fill(~batch.names[named], -1.0e9)
        found["names"] = -allowed.logsumexp(-1).mean()
    return found


def optimiser(model: Model, encoder_rate: float, head_rate: float, decay: float) -> torch.optim.AdamW:
    """AdamW with a learning rate that falls from layer to layer towards the input."""
    groups = []
    layers = len(model.encoder.layers)
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = head_rate
        if name.startswith("encoder.shape_embedding"):
            rate = head_rate
        elif name.startswith("encoder.layers."):
            rate = encoder_rate * decay ** (layers - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder."):
            rate = encoder_rate * decay**layers
        weight_decay = 0.01 if parameter.dim() > 1 else 0.0
        groups.append({"params": [parameter], "lr": rate, "peak": rate, "weight_decay": weight_decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def rate_factor(step: int, steps: int, warm_up: int) -> float:
    """Linear warm-up, then a half cosine down to 2 % of the peak."""
    if step < warm_up:
        return (step + 1) / warm_up
    done = min(1.0, (step - warm_up) / max(1, steps - warm_up))
    return 0.02 + 0.98 * 0.5 * (1.0 + math.cos(math.pi * done))


@torch.no_grad()
def evaluate(model: Model, encoder: Encoder, sentences: list[Sentence]) -> dict[str, float]:
    """Quick figures in torch, heads chosen word by word; predict.py gives the figures of record."""
    model.eval()
    right = dict.fromkeys(("upos", "lemma", "uas", "las_full"), 0)
    total = 0
    for group in encoder.batches(sentences, 4096):
        batch = encoder.batch(group)
        scores = model(batch.pieces, batch.shapes, batch.mask, batch.firsts)
        known = batch.heads != IGNORED
        heads = scores.arcs.argmax(-1)
        chosen = torch.gather(scores.relation_head, 1, heads[:, :, None].expand_as(scores.relation_dependent))
        relations = model.relations(scores.relation_dependent, chosen).argmax(-1)
        head_right = (heads == batch.heads) & known
        total += int(known.sum())
        right["upos"] += int(((scores.upos.argmax(-1) == batch.upos) & known).sum())
        right["lemma"] += int(((scores.lemma.argmax(-1) == batch.lemma) & known).sum())
        right["uas"] += int(head_right.sum())
        right["las_full"] += int((head_right & (relations == batch.relations)).sum())
    model.train()
    return {name: round(count / total, 4) for name, count in right.items()}


def save(path: Path, content: dict[str, object]) -> None:
    """Writes a checkpoint so that an interruption never leaves half a file."""
    partial = path.with_suffix(".partial")
    torch.save(content, partial)
    partial.replace(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    parser.add_argument("--data", type=Path, required=True, help="folder with ud/, ner/ and meantime/")
    parser.add_argument("--names", type=Path, help="folder with the project's own name sentences")
    parser.add_argument("--excluded", type=Path, help="folder whose file names are documents never to train on")
    parser.add_argument("--work", type=Path, required=True, help="checkpoints and log")
    parser.add_argument("--start", type=Path, help="checkpoint to start from, instead of the base encoder")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--pieces", type=int, default=900, help="padded pieces a batch")
    parser.add_argument("--encoder-rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1.0e-3)
    parser.add_argument("--decay", type=float, default=0.9)
    parser.add_argument("--name-weight", type=float, default=1.0)
    parser.add_argument("--name-copies", type=int, default=1, help="times the name corpora are seen an epoch")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--float32", action="store_true", help="no bfloat16 in matrix products")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quantised-epochs", type=int, default=0, help="last epochs that train with int8 layers")
    parser.add_argument("--limit", type=int, help="use only so many sentences, to try things out")
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    arguments.work.mkdir(parents=True, exist_ok=True)
    log_file = (arguments.work / "train.log").open("a", encoding="utf8")

    def log(**values: object) -> None:
        line = json.dumps({"time": time.strftime("%H:%M:%S", time.gmtime()), **values})
        print(line, flush=True)
        print(line, file=log_file, flush=True)

    treebank = read_conllu(arguments.data / "ud" / "en_ewt-train.conllu")
    development = read_conllu(arguments.data / "ud" / "en_ewt-dev.conllu")
    labels = label_inventory(treebank)
    gazetteer = Gazetteer(arguments.data)
    for sentence in treebank:
        silver_names(sentence, gazetteer)
    named, _ = name_sentences(arguments.data, arguments.names, arguments.excluded)
    swapper = Swapper(named, arguments.data, gazetteer)
    if arguments.limit:
        treebank, named = treebank[: arguments.limit], named[: arguments.limit // 10]
        development = development[: arguments.limit]
    tokens = WordPiece(arguments.base / "vocab.txt")
    encoder = Encoder(tokens, labels)
    sizes = Sizes(len(labels["upos"]), len(labels["lemma"]), len(labels["names"]), len(labels["relation"]))
    model = Model(sizes)
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start, weights_only=False)["model"])
    else:
        model.encoder.load_base(arguments.base / "model.safetensors")
    model.train()

    def groups_of(epoch: int) -> list[list[Sentence]]:
        rng = random.Random(arguments.seed * 1000 + epoch)
        swapped = [swapper.swapped(s, rng, share=0.5) for _ in range(arguments.name_copies) for s in named]
        everything = treebank + swapped
        views = [augmented(sentence, rng, recase=0.08, no_stop=0.05) for sentence in everything]
        return list(encoder.batches(views, arguments.pieces, rng))

    optimizer = optimiser(model, arguments.encoder_rate, arguments.head_rate, arguments.decay)
    steps_an_epoch = len(groups_of(0))
    steps = steps_an_epoch * arguments.epochs
    warm_up = min(steps // 10, steps_an_epoch // 2)
    log(sentences=len(treebank), named=len(named), steps_an_epoch=steps_an_epoch, **vars_as_text(arguments))

    checkpoint = arguments.work / "last.pt"
    first_epoch, first_index, step = 0, 0, 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"])
        first_epoch, first_index, step = state["epoch"], state["index"], state["step"]
        log(resumed=step)

    def state_at(epoch: int, index: int) -> dict[str, object]:
        return {
            "model": model.state_dict(),
            "sizes": asdict(sizes),
            "labels": labels,
            "optimizer": optimizer.state_dict(),
            "random": torch.get_rng_state(),
            "epoch": epoch,
            "index": index,
            "step": step,
        }

    for epoch in range(first_epoch, arguments.epochs):
        if epoch >= arguments.epochs - arguments.quantised_epochs:
            model.quantise()
        rng = random.Random(arguments.seed * 7919 + epoch)
        sums: dict[str, float] = {}
        count, pieces_seen, started = 0, 0, time.time()
        for index, group in enumerate(groups_of(epoch)):
            if index < first_index:
                continue
            batch = encoder.batch(group, rng, word_dropout=0.03)
            factor = rate_factor(step, steps, warm_up)
            for parameters in optimizer.param_groups:
                parameters["lr"] = parameters["peak"] * factor
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not arguments.float32):
                scores = model(batch.pieces, batch.shapes, batch.mask, batch.firsts)
                parts = losses(model, scores, batch)
                total = sum(arguments.name_weight * v if name == "names" else v for name, v in parts.items())
            total.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            count += 1
            pieces_seen += batch.pieces.numel()
            for name, value in parts.items():
                sums[name] = sums.get(name, 0.0) + value.item()
            if step % 50 == 0:
                means = {name: round(value / count, 3) for name, value in sums.items()}
                log(epoch=epoch, step=step, rate=round(pieces_seen / (time.time() - started)), **means)
            if step % 200 == 0:
                save(checkpoint, state_at(epoch, index + 1))
        first_index = 0
        save(checkpoint, state_at(epoch + 1, 0))
        content = state_at(epoch + 1, 0)
        del content["optimizer"]
        save(arguments.work / f"epoch-{epoch + 1}.pt", content)
        log(epoch=epoch + 1, seconds=round(time.time() - started), **evaluate(model, encoder, development))


def vars_as_text(arguments: argparse.Namespace) -> dict[str, str]:
    """The command's options for the log."""
    return {key: str(value) for key, value in vars(arguments).items()}


if __name__ == "__main__":
    main()

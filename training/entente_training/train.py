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

from .acts import ACT_ROLES, ROLES, read_events
from .batches import Batch, Encoder
from .data import IGNORED, Sentence
from .model import MASKED, Model, Scores, Sizes
from .sources import Events, Language, labels_of, parse_with, read_real, treebank_of
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
    return found | event_losses(model, scores, batch)


def event_losses(model: Model, scores: Scores, batch: Batch) -> dict[str, Tensor]:
    """Losses of the event and statement heads. Sums over the words that a trigger or cue could link to are means
    over triggers or cues, so that long sentences do not drown the few right words."""
    found: dict[str, Tensor] = {}
    acts, quotes, pairs = batch.acts, batch.quotes, batch.pairs
    known = acts.types != IGNORED
    if known.any():
        found["types"] = F.cross_entropy(scores.types[known].float(), acts.types[known])
    if len(acts.row):
        at = acts.row, acts.word
        found["modes"] = masked_bce(scores.modes[at], acts.modes) / known_rows(acts.modes)
        found["aux"] = masked_bce(scores.aux[at], acts.aux) / len(acts.row)
        logits = model.links(scores.link_from[at], scores.link_to[acts.row])[..., : len(ACT_ROLES)]
        found["links"] = masked_bce(logits, acts.links) / known_rows(acts.links)
    if (quotes.cues != IGNORED).any():
        found["cues"] = masked_bce(scores.cues, quotes.cues) / (quotes.cues != IGNORED).sum()
    if len(quotes.row):
        logits = model.links(scores.link_from[quotes.row, quotes.word], scores.link_to[quotes.row]).float()
        found["speakers"] = masked_bce(logits[..., ROLES.index("speaker")], quotes.speaker) / len(quotes.row)
        is_word = batch.firsts[quotes.row] > 0
        ends = [logits[..., ROLES.index(role)].masked_fill(~is_word, MASKED) for role in ROLES[-2:]]
        found["contents"] = (F.cross_entropy(ends[0], quotes.first) + F.cross_entropy(ends[1], quotes.last)) / 2
    certain = ~batch.factuality.isnan()
    if certain.any():
        found["factuality"] = F.smooth_l1_loss(scores.factuality[certain].float(), batch.factuality[certain])
    if len(pairs.row):
        marks = (scores, batch.firsts > 0, pairs.row, pairs.source, pairs.target)
        plain, conventional = model.pair_types(*marks), model.conventional_pair_types(*marks)
        logits = torch.where(pairs.conventional[:, None], conventional, plain).log_softmax(-1)
        found["pairs"] = -logits.masked_fill(~pairs.allowed, MASKED).logsumexp(-1).mean()
    return found


def known_rows(targets: Tensor) -> int:
    """How many events have any known target; at least 1."""
    return max(1, int((targets != IGNORED).flatten(1).any(1).sum()))


def masked_bce(logits: Tensor, targets: Tensor) -> Tensor:
    """Sum of the binary cross entropies of all targets that are not IGNORED."""
    known = targets != IGNORED
    return F.binary_cross_entropy_with_logits(logits[known].float(), targets[known], reduction="sum")


# How much a unit of each loss counts; 1 where not named.
WEIGHTS = {
    "names": 2.0,
    "types": 18.0,
    "modes": 0.5,
    "links": 0.5,
    "cues": 3.0,
    "contents": 0.5,
    "pairs": 0.5,
    "factuality": 0.3,
}


def optimiser(model: Model, encoder_rate: float, head_rate: float, decay: float) -> torch.optim.AdamW:
    """AdamW with a learning rate that falls from layer to layer towards the input."""
    groups = []
    layers = len(model.encoder.layers)
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = head_rate
        if name.startswith("pair."):
            rate = 30 * head_rate  # a small table of numbers near 1, from few sentences
        elif name.startswith("encoder.shape_embedding"):
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
        scores = model(batch.pieces, batch.shapes, batch.mask, batch.firsts, batch.lasts)
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


@torch.no_grad()
def evaluate_events(model: Model, encoder: Encoder, sentences: list[Sentence]) -> dict[str, float]:
    """Quick figures in torch: F1 of types at triggers, of modes, of the links of gold triggers, of cues."""
    model.eval()
    counts = {name: [0, 0, 0] for name in ("types", "links", "cues", "speakers", "contents")}  # right, found, gold

    def add(name: str, found: Tensor, gold: Tensor) -> None:
        for index, part in enumerate((found & gold, found, gold)):
            counts[name][index] += int(part.sum())

    for group in encoder.batches(sentences, 4096):
        batch = encoder.batch(group)
        scores = model(batch.pieces, batch.shapes, batch.mask, batch.firsts, batch.lasts)
        acts, quotes = batch.acts, batch.quotes
        known = acts.types != IGNORED
        types = scores.types.argmax(-1)
        add("types", (types > 0) & known & (types == acts.types), (acts.types > 0))
        counts["types"][1] += int(((types > 0) & known & (types != acts.types)).sum())
        logits = model.links(scores.link_from[acts.row, acts.word], scores.link_to[acts.row])[..., :2]
        known = acts.links[..., :2] != IGNORED
        add("links", (logits > 0) & known, acts.links[..., :2] == 1)
        add("cues", (scores.cues > 0) & (quotes.cues != IGNORED), quotes.cues == 1)
        logits = model.links(scores.link_from[quotes.row, quotes.word], scores.link_to[quotes.row])
        add("speakers", (logits[..., ROLES.index("speaker")] > 0) & (quotes.speaker != IGNORED), quotes.speaker == 1)
        is_word = batch.firsts[quotes.row] > 0
        ends = [logits[..., ROLES.index(role)].masked_fill(~is_word, MASKED).argmax(-1) for role in ROLES[-2:]]
        right = (ends[0] == quotes.first) & (ends[1] == quotes.last)
        add("contents", right, torch.ones_like(right))
    model.train()
    f1 = {name: round(2 * right / max(1, found + gold), 4) for name, (right, found, gold) in counts.items()}
    return {f"{name}_f1": value for name, value in f1.items()}


SOURCES = ["none", "events", "standoff", "codebook", "polnear", "factuality", "ngec"]


def save(path: Path, content: dict[str, object]) -> None:
    """Writes a checkpoint so that an interruption never leaves half a file."""
    partial = path.with_suffix(".partial")
    torch.save(content, partial)
    partial.replace(path)


def arguments_of() -> argparse.Namespace:
    """The command's options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=["language", "events"])
    parser.add_argument("--base", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    parser.add_argument("--data", type=Path, required=True, help="folder with ud/, ner/, polnear/ and the others")
    parser.add_argument("--names", type=Path, required=True, help="folder with the project's own name sentences")
    parser.add_argument("--events", type=Path, required=True, help="folder with the project's own event sentences")
    parser.add_argument("--standoff", type=Path, required=True, help="folder with annotations of texts under --data")
    parser.add_argument("--codebook", type=Path, required=True, help="folder with the codebook, for its examples")
    parser.add_argument("--excluded", type=Path, help="folder whose file names are documents never to train on")
    parser.add_argument("--work", type=Path, required=True, help="checkpoints and log")
    parser.add_argument("--start", type=Path, help="checkpoint to start from, instead of the base encoder")
    parser.add_argument("--epochs", type=int, default=8, help="epochs of the whole schedule")
    parser.add_argument("--until", type=int, help="stop after so many epochs of the schedule")
    parser.add_argument("--pieces", type=int, default=900, help="padded pieces a batch")
    parser.add_argument("--encoder-rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1.0e-3)
    parser.add_argument("--decay", type=float, default=0.9)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quantised-epochs", type=int, default=0, help="last epochs that train with int8 layers")
    parser.add_argument("--only", nargs="*", help="train only the parameters whose names begin so; the rest stays")
    parser.add_argument("--limit", type=int, help="use only so many treebank sentences, to try things out")
    events = parser.add_argument_group("what the events stage sees")
    events.add_argument("--language-share", type=float, default=1.0, help="of treebank and names an epoch")
    events.add_argument("--event-copies", type=int, default=1, help="times corpus/events is seen an epoch")
    events.add_argument("--share", type=float, default=1.0, help="of corpus/events, corpus/standoff and the codebook")
    events.add_argument("--standoff-copies", type=int, default=1, help="times corpus/standoff is seen an epoch")
    events.add_argument("--polnear-share", type=float, default=0.25)
    events.add_argument("--pair-weight", type=float, default=WEIGHTS["pairs"], help="of the loss of marked pairs")
    events.add_argument("--pair-copies", type=int, default=1)
    events.add_argument("--plv", action="store_true", help="train on marked pairs")
    events.add_argument("--plv-fold", type=int, default=-1, help="fold of the marked pairs to leave out")
    events.add_argument("--without", nargs="*", default=[], choices=SOURCES)
    return parser.parse_args()


def main() -> None:
    arguments = arguments_of()
    weights = WEIGHTS | {"pairs": arguments.pair_weight}
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    arguments.work.mkdir(parents=True, exist_ok=True)
    log_file = (arguments.work / "train.log").open("a", encoding="utf8")

    def log(**values: object) -> None:
        line = json.dumps({"time": time.strftime("%H:%M:%S", time.gmtime()), **values})
        print(line, flush=True)
        print(line, file=log_file, flush=True)

    treebank, development = treebank_of(arguments.data, "train"), treebank_of(arguments.data, "dev")
    labels = labels_of(treebank, arguments.events)
    if arguments.limit:
        treebank, development = treebank[: arguments.limit], development[: arguments.limit]
    encoder = Encoder(WordPiece(arguments.base / "vocab.txt"), labels)
    sizes = Sizes(
        len(labels["upos"]),
        len(labels["lemma"]),
        len(labels["names"]),
        len(labels["relation"]),
        modes=len(labels["mode"]),
    )
    model = Model(sizes)
    if arguments.start:
        # A checkpoint of the first stage made before a head was added has no weights for it.
        missing = model.load_state_dict(torch.load(arguments.start, weights_only=False)["model"], strict=False)
        log(missing=missing.missing_keys)
    else:
        model.encoder.load_base(arguments.base / "model.safetensors")

    def parse(sentences: list[Sentence]) -> list[Sentence]:
        return parse_with(model, encoder, sentences)

    # Development sentences of events: those of the project's own corpus, and those of real texts.
    event_development: dict[str, list[Sentence]] = {}
    if arguments.stage == "language":
        sources = Language(arguments, treebank)
    else:
        sources = Events(arguments, treebank, parse)
        event_development["own"] = read_events(arguments.events, "dev", parse)
        event_development["real"] = read_real(arguments, "dev", parse)
    model.train()
    for name, parameter in model.named_parameters():
        if arguments.only and not name.startswith(tuple(arguments.only)):
            parameter.requires_grad_(False)

    def groups_of(epoch: int) -> list[list[Sentence]]:
        rng = random.Random(arguments.seed * 1000 + epoch)
        return list(encoder.batches(sources.epoch(rng), arguments.pieces, rng))

    optimizer = optimiser(model, arguments.encoder_rate, arguments.head_rate, arguments.decay)
    steps_an_epoch = len(groups_of(0))
    steps = steps_an_epoch * arguments.epochs
    warm_up = min(steps // 10, steps_an_epoch // 2)
    log(sentences=len(treebank), steps_an_epoch=steps_an_epoch, **vars_as_text(arguments))

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

    for epoch in range(first_epoch, min(arguments.epochs, arguments.until or arguments.epochs)):
        if epoch >= arguments.epochs - arguments.quantised_epochs:
            model.quantise()
        rng = random.Random(arguments.seed * 7919 + epoch)
        sums: dict[str, list[float]] = {}
        pieces_seen, started = 0, time.time()
        for index, group in enumerate(groups_of(epoch)):
            if index < first_index:
                continue
            batch = encoder.batch(group, rng, word_dropout=0.03)
            factor = rate_factor(step, steps, warm_up)
            for parameters in optimizer.param_groups:
                parameters["lr"] = parameters["peak"] * factor
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model(batch.pieces, batch.shapes, batch.mask, batch.firsts, batch.lasts)
                parts = losses(model, scores, batch)
                total = sum(weights.get(name, 1.0) * value for name, value in parts.items())
            total.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            pieces_seen += batch.pieces.numel()
            for name, value in parts.items():
                sums.setdefault(name, []).append(value.item())
            if step % 50 == 0:
                means = {name: round(sum(values) / len(values), 3) for name, values in sums.items()}
                log(epoch=epoch, step=step, rate=round(pieces_seen / (time.time() - started)), **means)
            if step % 200 == 0:
                save(checkpoint, state_at(epoch, index + 1))
        first_index = 0
        save(checkpoint, state_at(epoch + 1, 0))
        content = state_at(epoch + 1, 0)
        del content["optimizer"]
        save(arguments.work / f"epoch-{epoch + 1}.pt", content)
        log(epoch=epoch + 1, seconds=round(time.time() - started), **evaluate(model, encoder, development))
        for texts, sentences in event_development.items():
            log(epoch=epoch + 1, texts=texts, **evaluate_events(model, encoder, sentences))


def vars_as_text(arguments: argparse.Namespace) -> dict[str, str]:
    """The command's options for the log."""
    return {key: str(value) for key, value in vars(arguments).items()}


if __name__ == "__main__":
    main()

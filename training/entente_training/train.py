"""Trains the model. The same command resumes after an interruption, from the last checkpoint."""

from __future__ import annotations

import argparse
import json
import math
import pickle
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from .acts import ACT_ROLES, ROLES
from .batches import Batch, Encoder
from .data import IGNORED, Sentence
from .model import MASKED, Model, Scores, Sizes, half_precision
from .sources import Events, Language, labels_of, treebank_of
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
    device = next(model.parameters()).device
    right = dict.fromkeys(("upos", "lemma", "uas", "las_full"), 0)
    total = 0
    for group in encoder.batches(sentences, 4096):
        batch = encoder.batch(group).to(device)
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
    device = next(model.parameters()).device
    counts = {name: [0, 0, 0] for name in ("types", "links", "cues", "speakers", "contents")}  # right, found, gold

    def add(name: str, found: Tensor, gold: Tensor) -> None:
        for index, part in enumerate((found & gold, found, gold)):
            counts[name][index] += int(part.sum())

    for group in encoder.batches(sentences, 4096):
        batch = encoder.batch(group).to(device)
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


# `trees`: those of the sentences with events, which the teachers made.
SOURCES = ["none", "events", "standoff", "codebook", "polnear", "factuality", "ngec", "trees"]


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
    parser.add_argument("--parsed", type=Path, help="what parsed.py wrote; the events stage needs it")
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
    parser.add_argument("--device", type=torch.device, default=torch.device("cpu"))
    parser.add_argument("--workers", type=int, default=0, help="processes that make batches, where the device is not the processor")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quantised-epochs", type=int, default=0, help="last epochs that train with int8 layers")
    parser.add_argument("--only", nargs="*", help="train only the parameters whose names begin so; the rest stays")
    parser.add_argument("--limit", type=int, help="use only so many treebank sentences, to try things out")
    events = parser.add_argument_group("what the events stage sees")
    events.add_argument("--language-share", type=float, default=1.0, help="of treebank and names an epoch")
    events.add_argument("--event-copies", type=int, default=1, help="times corpus/events is seen an epoch")
    events.add_argument("--share", type=float, default=1.0, help="of corpus/events, corpus/standoff and the codebook, always the same")
    events.add_argument("--standoff-copies", type=int, default=1, help="times corpus/standoff is seen an epoch")
    events.add_argument("--polnear-share", type=float, default=0.25)
    events.add_argument("--pair-weight", type=float, default=WEIGHTS["pairs"], help="of the loss of marked pairs")
    events.add_argument("--pair-copies", type=int, default=1)
    events.add_argument("--plv", action="store_true", help="train on marked pairs")
    events.add_argument("--plv-fold", type=int, default=-1, help="fold of the marked pairs to leave out")
    events.add_argument("--without", nargs="*", default=[], choices=SOURCES)
    return parser.parse_args()


class Log:
    """Lines of JSON, to the screen and to train.log of a folder."""

    def __init__(self, folder: Path) -> None:
        self.file = (folder / "train.log").open("a", encoding="utf8")

    def __call__(self, **values: object) -> None:
        line = json.dumps({"time": time.strftime("%H:%M:%S", time.gmtime()), **values})
        print(line, flush=True)
        print(line, file=self.file, flush=True)


class Stream(IterableDataset):
    """The batches of an epoch from one on; each of several workers makes every so many-th. What is drawn at random
    hangs on seed, epoch and place alone, so that a resumed run sees what an unbroken one would."""

    def __init__(self, groups: list[list[Sentence]], encoder: Encoder, seed: str, first: int) -> None:
        self.groups, self.encoder, self.seed, self.first = groups, encoder, seed, first

    def __iter__(self) -> Iterator[Batch]:
        worker = get_worker_info()
        start, stride = (worker.id, worker.num_workers) if worker else (0, 1)
        for index in range(self.first + start, len(self.groups), stride):
            rng = random.Random(f"{self.seed}:{index}")
            yield self.encoder.batch(self.groups[index], rng, word_dropout=0.03)


@dataclass
class Inputs:
    """What a run reads."""

    encoder: Encoder
    labels: dict[str, list[str]]
    sources: Language | Events
    development: list[Sentence]
    event_development: dict[str, list[Sentence]]


def inputs_of(arguments: argparse.Namespace) -> Inputs:
    """Reads the sources of the stage."""
    treebank, development = treebank_of(arguments.data, "train"), treebank_of(arguments.data, "dev")
    labels = labels_of(treebank, arguments.events)
    if arguments.limit:
        treebank, development = treebank[: arguments.limit], development[: arguments.limit]
    encoder = Encoder(WordPiece(arguments.base / "vocab.txt"), labels)
    if arguments.stage == "language":
        return Inputs(encoder, labels, Language(arguments, treebank), development, {})
    parsed = pickle.loads(arguments.parsed.read_bytes())
    # Development sentences of events: those of the project's own corpus, and those of real texts.
    event_development = {"own": parsed.events["dev"], "real": parsed.real["dev"]}
    return Inputs(encoder, labels, Events(arguments, treebank, parsed), development, event_development)


def network_of(arguments: argparse.Namespace, labels: dict[str, list[str]], log: Log) -> Model:
    """The network to begin with: a checkpoint's, or the base encoder with new heads."""
    counts = (len(labels[name]) for name in ("upos", "lemma", "names", "relation"))
    model = Model(Sizes(*counts, modes=len(labels["mode"])))
    if arguments.start:
        # A checkpoint of the first stage made before a head was added has no weights for it.
        state = torch.load(arguments.start, map_location="cpu", weights_only=False)
        log(missing=model.load_state_dict(state["model"], strict=False).missing_keys)
    else:
        model.encoder.load_base(arguments.base / "model.safetensors")
    for name, parameter in model.named_parameters():
        if arguments.only and not name.startswith(tuple(arguments.only)):
            parameter.requires_grad_(False)
    return model.to(arguments.device).train()


class Run:
    """One training run: network, optimiser, and how far it has come."""

    def __init__(self, arguments: argparse.Namespace, inputs: Inputs, log: Log) -> None:
        self.arguments, self.inputs, self.log = arguments, inputs, log
        self.model = network_of(arguments, inputs.labels, log)
        self.optimizer = optimiser(self.model, arguments.encoder_rate, arguments.head_rate, arguments.decay)
        self.half_precision = half_precision(arguments.device)
        self.weights = WEIGHTS | {"pairs": arguments.pair_weight}
        self.steps_an_epoch = len(self.groups_of(0))
        self.steps = self.steps_an_epoch * arguments.epochs
        self.warm_up = min(self.steps // 10, self.steps_an_epoch // 2)
        self.epoch, self.index, self.step = 0, 0, 0
        self.checkpoint = arguments.work / "last.pt"
        if self.checkpoint.exists():
            self.resume()

    def groups_of(self, epoch: int) -> list[list[Sentence]]:
        """The sentences of an epoch, batch by batch."""
        rng = random.Random(self.arguments.seed * 1000 + epoch)
        sentences = self.inputs.sources.epoch(rng)
        return list(self.inputs.encoder.batches(sentences, self.arguments.pieces, rng))

    def batches_of(self, epoch: int) -> DataLoader:
        """The batches of an epoch from the present place on."""
        seed = f"{self.arguments.seed}:{epoch}"
        stream = Stream(self.groups_of(epoch), self.inputs.encoder, seed, self.index)
        return DataLoader(stream, batch_size=None, num_workers=self.arguments.workers)

    def resume(self) -> None:
        state = torch.load(self.checkpoint, map_location="cpu", weights_only=False)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"])
        self.epoch, self.index, self.step = state["epoch"], state["index"], state["step"]
        self.log(resumed=self.step)

    def state(self) -> dict[str, object]:
        return {
            "model": self.model.state_dict(),
            "sizes": asdict(self.model.sizes),
            "labels": self.inputs.labels,
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
            "epoch": self.epoch,
            "index": self.index,
            "step": self.step,
        }

    def train_epoch(self) -> None:
        """One epoch, or what is left of it."""
        sums: dict[str, list[Tensor]] = {}
        pieces_seen, started = 0, time.time()
        for batch in self.batches_of(self.epoch):
            for name, value in self.train_step(batch.to(self.arguments.device)).items():
                sums.setdefault(name, []).append(value)
            self.step += 1
            self.index += 1
            pieces_seen += batch.pieces.numel()
            if self.step % 50 == 0:
                means = {name: round(torch.stack(values).mean().item(), 3) for name, values in sums.items()}
                rate = round(pieces_seen / (time.time() - started))
                self.log(epoch=self.epoch, step=self.step, rate=rate, **means)
            if self.step % 200 == 0:
                save(self.checkpoint, self.state())
        self.epoch, self.index = self.epoch + 1, 0

    def train_step(self, batch: Batch) -> dict[str, Tensor]:
        """One step; the losses of the heads."""
        factor = rate_factor(self.step, self.steps, self.warm_up)
        for parameters in self.optimizer.param_groups:
            parameters["lr"] = parameters["peak"] * factor
        with self.half_precision:
            scores = self.model(batch.pieces, batch.shapes, batch.mask, batch.firsts, batch.lasts)
            parts = losses(self.model, scores, batch)
            total = sum(self.weights.get(name, 1.0) * value for name, value in parts.items())
        total.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 2.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return {name: value.detach().float() for name, value in parts.items()}

    def train(self) -> None:
        """All epochs that are left, with a checkpoint and quick figures after each."""
        arguments, inputs = self.arguments, self.inputs
        while self.epoch < min(arguments.epochs, arguments.until or arguments.epochs):
            started = time.time()
            if self.epoch >= arguments.epochs - arguments.quantised_epochs:
                self.model.quantise()
            self.train_epoch()
            save(self.checkpoint, self.state())
            figures = evaluate(self.model, inputs.encoder, inputs.development)
            self.log(epoch=self.epoch, seconds=round(time.time() - started), **figures)
            for texts, sentences in inputs.event_development.items():
                self.log(epoch=self.epoch, texts=texts, **evaluate_events(self.model, inputs.encoder, sentences))


def main() -> None:
    arguments = arguments_of()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    arguments.work.mkdir(parents=True, exist_ok=True)
    log = Log(arguments.work)
    inputs = inputs_of(arguments)
    run = Run(arguments, inputs, log)
    log(steps_an_epoch=run.steps_an_epoch, **vars_as_text(arguments))
    run.train()


def vars_as_text(arguments: argparse.Namespace) -> dict[str, str]:
    """The command's options for the log."""
    return {key: str(value) for key, value in vars(arguments).items()}


if __name__ == "__main__":
    main()

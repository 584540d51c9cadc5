"""The network: a MiniLM encoder with casing features, and one small head a task.

A head reads word states (the mean of the states of a word's first and last piece). To add one, give it a module here, a
loss in `losses` and a few lines in export.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from .acts import AUX, ROLES, TYPES
from .text import SHAPE_NAMES

MASKED = -1.0e4

# Less likely modes of a pair's triggers count as absent, as in the product's readings.
LEAST_MODE = 0.1


@dataclass
class Sizes:
    """Everything that fixes the shape of the network."""

    upos: int
    lemma: int
    names: int
    relations: int
    pieces: int = 30522
    positions: int = 256
    hidden: int = 384
    inner: int = 1536
    layers: int = 6
    attention_heads: int = 12
    arc: int = 256
    relation: int = 192
    tag: int = 256
    modes: int = 0
    event: int = 256
    link: int = 48


# int8 weights span -WEIGHT_LIMIT..WEIGHT_LIMIT. Seven bits: products of uint8 activations and such weights
# never saturate on processors without VNNI, so that every processor gives the same result.
WEIGHT_LIMIT = 63


# Zeros and ones to draw dropout masks from: drawing every mask anew costs a sixth of the training's time.
_MASK_POOL = 1 << 23
_mask_pools: dict[tuple[float, torch.dtype], Tensor] = {}


def dropped(states: Tensor, share: float, training: bool) -> Tensor:
    """Dropout whose mask is a stretch of a fixed random pool, from a place chosen anew each time."""
    if not training or share == 0.0:
        return states
    if states.is_cuda:
        return F.dropout(states, share)
    key = share, states.dtype
    if key not in _mask_pools:
        generator = torch.Generator().manual_seed(1)
        kept = torch.rand(_MASK_POOL, generator=generator) >= share
        _mask_pools[key] = (kept / (1.0 - share)).to(states.dtype)
    pool = _mask_pools[key]
    if states.numel() >= len(pool):
        return F.dropout(states, share)
    start = int(torch.randint(len(pool) - states.numel(), ()))
    return states * pool[start : start + states.numel()].view(states.shape)


def half_precision(device: torch.device) -> torch.autocast:
    """bfloat16 where the device computes with it; on a processor without it everything would take six times longer."""
    flags = Path("/proc/cpuinfo")
    fast = device.type != "cpu" or flags.exists() and "bf16" in flags.read_text(encoding="utf8")
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=fast)


class Linear(nn.Linear):
    """A linear layer that can act as it will after quantisation, with gradients passing straight through."""

    quantised = False

    def forward(self, states: Tensor) -> Tensor:
        if not self.quantised:
            return super().forward(states)
        with torch.no_grad():
            scales = self.weight.abs().amax(1, keepdim=True).clamp_min(1e-8) / WEIGHT_LIMIT
            weight_change = (self.weight / scales).round() * scales - self.weight
            low, high = states.amin().clamp_max(0.0).float(), states.amax().clamp_min(0.0).float()
            step = (high - low).clamp_min(1e-8) / 255
            zero = (-low / step).round()
            rounded = ((states.float() / step).round() + zero).clamp_(0, 255).sub_(zero).mul_(step)
            state_change = rounded.to(states.dtype) - states
        return F.linear(states + state_change, self.weight + weight_change, self.bias)


class Layer(nn.Module):
    """One transformer layer with post-normalisation, as in BERT."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.attention_heads = sizes.attention_heads
        self.qkv = Linear(sizes.hidden, 3 * sizes.hidden)
        self.out = Linear(sizes.hidden, sizes.hidden)
        self.out_norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.inner = Linear(sizes.hidden, sizes.inner)
        self.outer = Linear(sizes.inner, sizes.hidden)
        self.outer_norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.dropout = dropout

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        batch, length, hidden = states.shape
        parts = self.qkv(states).view(batch, length, 3, self.attention_heads, -1).permute(2, 0, 3, 1, 4)
        # Written out and without dropout of the weights: torch's own kernels train slower on processors.
        scores = parts[0] @ parts[1].transpose(-1, -2) / math.sqrt(parts.shape[-1])
        mixed = (scores + bias.to(scores.dtype)).softmax(-1, dtype=scores.dtype) @ parts[2]
        mixed = self.out(mixed.transpose(1, 2).reshape(batch, length, hidden))
        states = self.out_norm(states + dropped(mixed, self.dropout, self.training))
        outer = self.outer(F.gelu(self.inner(states)))
        return self.outer_norm(states + dropped(outer, self.dropout, self.training))


class Encoder(nn.Module):
    """Pieces to states. The piece embeddings stay as pre-trained, rounded to int8 with a scale a row."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.piece_embedding = nn.Embedding(sizes.pieces, sizes.hidden)
        self.piece_embedding.weight.requires_grad_(False)
        self.position_embedding = nn.Embedding(sizes.positions, sizes.hidden)
        self.shape_embedding = nn.Embedding(len(SHAPE_NAMES), sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))
        self.dropout = dropout

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> list[Tensor]:
        """States after each layer, [B,L,H]."""
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        states = self.piece_embedding(pieces) + self.position_embedding(positions) + self.shape_embedding(shapes)
        states = dropped(self.norm(states), self.dropout, self.training)
        bias = (1.0 - mask.to(states.dtype))[:, None, None, :] * MASKED
        outputs = []
        for layer in self.layers:
            states = layer(states, bias)
            outputs.append(states)
        return outputs

    def load_base(self, weights: Path) -> None:
        """Takes over the weights of MiniLM-L6-H384; the casing features start at nothing."""
        base = load_file(str(weights))
        base = {name.removeprefix("bert."): tensor.float() for name, tensor in base.items()}
        self.piece_embedding.weight.data.copy_(round_rows(base["embeddings.word_embeddings.weight"]))
        positions = base["embeddings.position_embeddings.weight"] + base["embeddings.token_type_embeddings.weight"][0]
        self.position_embedding.weight.data.copy_(positions[: self.position_embedding.num_embeddings])
        nn.init.zeros_(self.shape_embedding.weight)
        _copy(self.norm, base, "embeddings.LayerNorm")
        for index, layer in enumerate(self.layers):
            prefix = f"encoder.layer.{index}."
            for part in ("weight", "bias"):
                stacked = [base[f"{prefix}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, part).data.copy_(torch.cat(stacked))
            _copy(layer.out, base, prefix + "attention.output.dense")
            _copy(layer.out_norm, base, prefix + "attention.output.LayerNorm")
            _copy(layer.inner, base, prefix + "intermediate.dense")
            _copy(layer.outer, base, prefix + "output.dense")
            _copy(layer.outer_norm, base, prefix + "output.LayerNorm")


def _copy(module: nn.Module, base: dict[str, Tensor], name: str) -> None:
    module.weight.data.copy_(base[name + ".weight"])
    module.bias.data.copy_(base[name + ".bias"])


def round_rows(table: Tensor) -> Tensor:
    """The table as it will be after int8 storage with one scale a row, so that storing it loses nothing."""
    scales = table.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127
    return (table / scales).round().clamp(-127, 127) * scales


class LayerMix(nn.Module):
    """A learned weighted mean of the layers' states."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        weights = torch.zeros(layers)
        weights[-1] = 2.0
        self.weights = nn.Parameter(weights)

    def forward(self, layers: list[Tensor]) -> Tensor:
        weights = self.weights.softmax(0)
        total = layers[0] * weights[0]
        for layer, weight in zip(layers[1:], weights[1:]):
            total = torch.addcmul(total, layer, weight)
        return total


@dataclass
class Scores:
    """What the encoder graph gives; names and shapes as in README.md."""

    upos: Tensor
    lemma: Tensor
    names: Tensor
    arcs: Tensor
    relation_dependent: Tensor
    relation_head: Tensor
    types: Tensor  # [B,W,17], column 0 no event
    modes: Tensor  # [B,W,M]
    aux: Tensor  # [B,W,4]
    cues: Tensor  # [B,W]
    factuality: Tensor  # [B,W]
    link_from: Tensor  # [B,W,7,D]: a word as a trigger or cue
    link_to: Tensor  # [B,W,7,D]: a word as what a trigger or cue links to


class Model(nn.Module):
    """Encoder and heads."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1, head_dropout: float = 0.33) -> None:
        super().__init__()
        self.sizes = sizes
        self.encoder = Encoder(sizes, dropout)
        self.tag_mix = LayerMix(sizes.layers)
        self.tree_mix = LayerMix(sizes.layers)
        self.tag_inner = Linear(sizes.hidden, sizes.tag)
        self.upos = Linear(sizes.tag, sizes.upos)
        self.lemma = Linear(sizes.tag, sizes.lemma)
        self.name_inner = Linear(sizes.hidden, sizes.tag)
        self.names = Linear(sizes.tag, sizes.names)
        # One product for the four views of a word in the tree: arc dependant, arc head, relation dependant and head.
        self.tree_inner = Linear(sizes.hidden, 2 * sizes.arc + 2 * sizes.relation)
        self.arc_product = Linear(sizes.arc, sizes.arc, bias=False)
        self.arc_head_bias = nn.Linear(sizes.arc, 1, bias=False)
        self.root_arc = nn.Parameter(torch.randn(sizes.arc) * 0.1)
        self.root_relation = nn.Parameter(torch.randn(sizes.relation) * 0.1)
        self.relation = nn.Linear(2 * sizes.relation, sizes.relations)
        self.event_mix = LayerMix(sizes.layers)
        self.event_inner = Linear(sizes.hidden, sizes.event)
        # One product for all that is read off a trigger or cue: types, modes, aux, cue, factuality.
        self.event = Linear(sizes.event, 1 + len(TYPES) + sizes.modes + len(AUX) + 2)
        self.link_inner = Linear(sizes.hidden, 2 * len(ROLES) * sizes.link)
        self.link_bias = nn.Parameter(torch.full((len(ROLES),), -3.0))
        # From what is known of a marked pair to its type by PLV's conventions; at first it changes nothing.
        self.pair = nn.Linear(len(TYPES) + len(AUX) + sizes.modes, len(TYPES))
        nn.init.zeros_(self.pair.bias)
        nn.init.zeros_(self.pair.weight)
        nn.init.eye_(self.pair.weight.data[:, : len(TYPES)])
        self.head_dropout = head_dropout
        nn.init.eye_(self.arc_product.weight)

    def quantise(self) -> None:
        """From now on the layers that export.py writes as int8 act as int8."""
        for module in self.modules():
            if isinstance(module, Linear):
                module.quantised = True

    def drop(self, states: Tensor) -> Tensor:
        return dropped(states, self.head_dropout, self.training)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor, firsts: Tensor, lasts: Tensor) -> Scores:
        layers = self.encoder(pieces, shapes, mask)
        ends = [index[:, :, None].expand(-1, -1, self.sizes.hidden) for index in (firsts, lasts)]

        def word_states(mix: LayerMix) -> Tensor:
            states = mix(layers)
            return self.drop((torch.gather(states, 1, ends[0]) + torch.gather(states, 1, ends[1])) / 2)

        tag_states, tree_states, event_states = map(word_states, (self.tag_mix, self.tree_mix, self.event_mix))
        tag = self.drop(F.gelu(self.tag_inner(tag_states)))
        name = self.drop(F.gelu(self.name_inner(tag_states)))
        sizes = self.sizes
        inner = self.tree_inner(tree_states)
        arc_inner, relation_inner = inner.split([2 * sizes.arc, 2 * sizes.relation], -1)
        arc_dependent, arc_head = self.drop(F.gelu(arc_inner)).split(sizes.arc, -1)
        relation_dependent, relation_head = self.drop(relation_inner).split(sizes.relation, -1)
        batch = pieces.shape[0]
        arc_head = torch.cat([self.root_arc.expand(batch, 1, -1), arc_head], 1)
        relation_head = torch.cat([self.root_relation.expand(batch, 1, -1), relation_head], 1)
        arcs = self.arc_product(arc_dependent) @ arc_head.transpose(1, 2) / math.sqrt(sizes.arc)
        arcs = arcs + self.arc_head_bias(arc_head).transpose(1, 2)
        is_word = (firsts > 0).to(arcs.dtype)
        is_head = F.pad(is_word, (1, 0), value=1.0)
        arcs = arcs + (1.0 - is_head)[:, None, :] * MASKED
        event = self.event(self.drop(F.gelu(self.event_inner(event_states))))
        types, modes, aux, cues, factuality = event.split([1 + len(TYPES), sizes.modes, len(AUX), 1, 1], -1)
        links = self.drop(self.link_inner(event_states)).view(batch, -1, 2, len(ROLES), sizes.link)
        return Scores(
            self.upos(tag), self.lemma(tag), self.names(name), arcs, relation_dependent, relation_head,
            types, modes, aux, cues[..., 0], factuality[..., 0], links[:, :, 0], links[:, :, 1],
        )  # fmt: skip

    def links(self, link_from: Tensor, link_to: Tensor) -> Tensor:
        """Link logits [N,W,R] from N words [N,R,D] to the words of their sentences [N,W,R,D]."""
        return torch.einsum("nrd,nwrd->nwr", link_from, link_to) / math.sqrt(self.sizes.link) + self.link_bias

    def pair_words(self, scores: Scores, is_word: Tensor, row: Tensor, source: Tensor, target: Tensor) -> Tensor:
        """For every word that could be the trigger between marked phrases [P,W], and every type, the log of the
        probability of the type there times that of its links to the marked words, [P,W,16]. Unmarked sides leave
        their factor out."""
        types = scores.types[row].float().log_softmax(-1)[..., 1:]
        types = types.masked_fill(~is_word[row][..., None], MASKED)
        logits = torch.einsum("pvrd,pwrd->pvwr", scores.link_from[row], scores.link_to[row]).float()
        logits = logits / math.sqrt(self.sizes.link) + self.link_bias
        actor = logits[..., ROLES.index("actor")]
        recipient = torch.maximum(logits[..., ROLES.index("recipient")], actor)

        def best(role: Tensor, marked: Tensor) -> Tensor:
            found = role.masked_fill(~marked[:, None, :], MASKED).amax(-1)
            return F.logsigmoid(found) * marked.any(-1, keepdim=True)

        return types + (best(actor, source) + best(recipient, target))[..., None]

    def pair_types(self, scores: Scores, is_word: Tensor, row: Tensor, source: Tensor, target: Tensor) -> Tensor:
        """Type logits [P,16] of marked pairs: the sum over the words."""
        return self.pair_words(scores, is_word, row, source, target).logsumexp(1)

    def conventional_pair_types(
        self, scores: Scores, is_word: Tensor, row: Tensor, source: Tensor, target: Tensor
    ) -> Tensor:
        """The same by PLV's conventions, which also look at the aux and modes of the likely triggers."""
        words = self.pair_words(scores, is_word, row, source, target)
        share = words.logsumexp(-1).softmax(-1)[..., None]
        aux = (share * scores.aux[row].float().sigmoid()).sum(1)
        modes = scores.modes[row].float().sigmoid()
        modes = (share * modes * (modes >= LEAST_MODE)).sum(1)
        return self.pair(torch.cat([words.logsumexp(1).log_softmax(-1), aux, modes], -1))

    def relations(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Relation logits [N,R] of pairs of word and head views [N,D]."""
        return self.relation(torch.cat([F.relu(dependent + head), dependent * head], -1))

"""The network: a MiniLM encoder with casing features, and one small head a task.

A head reads word states (the state of a word's first piece). To add one, give it a module here, a
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

from .text import SHAPE_NAMES

MASKED = -1.0e4


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


# int8 weights span -WEIGHT_LIMIT..WEIGHT_LIMIT. Seven bits: products of uint8 activations and such weights
# never saturate on processors without VNNI, so that every processor gives the same result.
WEIGHT_LIMIT = 63


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
        dropout = self.dropout if self.training else 0.0
        mixed = F.scaled_dot_product_attention(
            parts[0], parts[1], parts[2], attn_mask=bias.to(parts.dtype), dropout_p=dropout
        )
        mixed = self.out(mixed.transpose(1, 2).reshape(batch, length, hidden))
        states = self.out_norm(states + F.dropout(mixed, self.dropout, self.training))
        outer = self.outer(F.gelu(self.inner(states)))
        return self.outer_norm(states + F.dropout(outer, self.dropout, self.training))


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
        states = F.dropout(self.norm(states), self.dropout, self.training)
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
        return (torch.stack(layers, -1) * self.weights.softmax(0)).sum(-1)


@dataclass
class Scores:
    """What the encoder graph gives; names and shapes as in README.md."""

    upos: Tensor
    lemma: Tensor
    names: Tensor
    arcs: Tensor
    relation_dependent: Tensor
    relation_head: Tensor


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
        self.head_dropout = head_dropout
        nn.init.eye_(self.arc_product.weight)

    def quantise(self) -> None:
        """From now on the layers that export.py writes as int8 act as int8."""
        for module in self.modules():
            if isinstance(module, Linear):
                module.quantised = True

    def drop(self, states: Tensor) -> Tensor:
        return F.dropout(states, self.head_dropout, self.training)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor, firsts: Tensor) -> Scores:
        layers = self.encoder(pieces, shapes, mask)
        index = firsts[:, :, None].expand(-1, -1, self.sizes.hidden)
        layers = [torch.gather(states, 1, index) for states in layers]
        tag_states, tree_states = self.drop(self.tag_mix(layers)), self.drop(self.tree_mix(layers))
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
        return Scores(self.upos(tag), self.lemma(tag), self.names(name), arcs, relation_dependent, relation_head)

    def relations(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Relation logits [N,R] of pairs of word and head views [N,D]."""
        return self.relation(torch.cat([F.relu(dependent + head), dependent * head], -1))

"""Writes a model as ONNX graphs, float32 or int8, built node by node so that the operators are few and plain.

int8 means: matrix weights int8 with a scale a column, activations uint8 with a scale found at run time
(DynamicQuantizeLinear, MatMulInteger); piece embeddings int8 with a scale a row. Weights span
-WEIGHT_LIMIT..WEIGHT_LIMIT.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from .acts import AUX, ROLES, TYPES
from .model import MASKED, WEIGHT_LIMIT, Model, Sizes
from .text import MAX_SENTENCE_PIECES, MAX_WORD_PIECES, SHAPE_NAMES

OPSET = 17
FORMAT = 2


class Graph:
    """Collects nodes and weights; every method returns the name of its output."""

    def __init__(self, int8: bool, limit: int = WEIGHT_LIMIT) -> None:
        self.int8, self.limit = int8, limit
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, np.ndarray] = {}
        self._count = 0
        self._quantised: dict[str, tuple[str, str, str]] = {}

    def op(self, kind: str, *inputs: str, outputs: int = 1, **attributes: object) -> str:
        self._count += 1
        names = [f"{kind.lower()}_{self._count}" + (f"_{i}" if outputs > 1 else "") for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names  # type: ignore[return-value]

    def constant(self, value: np.ndarray | float | list[int], name: str = "") -> str:
        array = np.asarray(value)
        if array.dtype == np.float64:
            array = array.astype(np.float32)
        if not name:
            name = next((n for n, w in self.weights.items() if w.size <= 8 and w.dtype == array.dtype
                         and w.shape == array.shape and (w == array).all()), "")
            if name:
                return name
            name = f"constant_{len(self.weights)}"
        self.weights[name] = array
        return name

    def linear(self, states: str, name: str, weight: np.ndarray, bias: np.ndarray | None) -> str:
        """states times weight transposed, plus bias; weight is [out, in] as torch has it."""
        matrix = weight.T.astype(np.float32)
        if not self.int8:
            product = self.op("MatMul", states, self.constant(matrix, name + ".weight"))
        else:
            quantised, scale, zero = self._activations(states)
            scales = np.maximum(np.abs(matrix).max(0), 1e-8) / self.limit
            rounded = np.clip(np.round(matrix / scales), -self.limit, self.limit).astype(np.int8)
            whole = self.op("MatMulInteger", quantised, self.constant(rounded, name + ".weight"), zero)
            factor = self.op("Mul", scale, self.constant(scales.astype(np.float32), name + ".scale"))
            product = self.op("Mul", self.op("Cast", whole, to=TensorProto.FLOAT), factor)
        if bias is None:
            return product
        return self.op("Add", product, self.constant(bias.astype(np.float32), name + ".bias"))

    def _activations(self, states: str) -> tuple[str, str, str]:
        if states not in self._quantised:
            self._quantised[states] = tuple(self.op("DynamicQuantizeLinear", states, outputs=3))
        return self._quantised[states]

    def embedding(self, ids: str, name: str, table: np.ndarray) -> str:
        if not self.int8:
            return self.op("Gather", self.constant(table.astype(np.float32), name), ids)
        scales = np.maximum(np.abs(table).max(1, keepdims=True), 1e-8) / 127
        rounded = np.clip(np.round(table / scales), -127, 127).astype(np.int8)
        rows = self.op("Gather", self.constant(rounded, name), ids)
        factors = self.op("Gather", self.constant(scales.astype(np.float32), name + ".scale"), ids)
        return self.op("Mul", self.op("Cast", rows, to=TensorProto.FLOAT), factors)

    def norm(self, states: str, name: str, weight: np.ndarray, bias: np.ndarray) -> str:
        inputs = self.constant(weight, name + ".weight"), self.constant(bias, name + ".bias")
        return self.op("LayerNormalization", states, *inputs, axis=-1, epsilon=1e-12)

    def gelu(self, states: str) -> str:
        erf = self.op("Erf", self.op("Div", states, self.constant(np.float32(math.sqrt(2.0)))))
        product = self.op("Mul", states, self.op("Add", erf, self.constant(np.float32(1.0))))
        return self.op("Mul", product, self.constant(np.float32(0.5)))

    def save(self, path: Path, inputs: dict[str, tuple[int, list]], outputs: dict[str, tuple[str, list]]) -> None:
        """outputs: graph name -> (node output, shape)."""
        for name, (source, _) in outputs.items():
            self.nodes.append(helper.make_node("Identity", [source], [name]))
        graph = helper.make_graph(
            self.nodes,
            path.stem,
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, (_, shape) in outputs.items()],
            [numpy_helper.from_array(array, name) for name, array in self.weights.items()],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="entente-training")
        model.ir_version = 8
        onnx.checker.check_model(model, full_check=True)
        onnx.save(model, str(path))


def encoder_graph(model: Model, path: Path, int8: bool, limit: int = WEIGHT_LIMIT) -> None:
    """The encoder with all heads but the relation."""
    sizes = model.sizes
    value = {name: tensor.detach().float().numpy() for name, tensor in model.state_dict().items()}
    graph = Graph(int8, limit)

    def linear(states: str, name: str) -> str:
        return graph.linear(states, name, value[name + ".weight"], value.get(name + ".bias"))

    def norm(states: str, name: str) -> str:
        return graph.norm(states, name, value[name + ".weight"], value[name + ".bias"])

    states = graph.embedding("pieces", "piece_embedding", value["encoder.piece_embedding.weight"])
    length = graph.op("Gather", graph.op("Shape", "pieces"), graph.constant(np.array([1], np.int64)), axis=0)
    position_table = graph.constant(value["encoder.position_embedding.weight"], "position_embedding")
    positions = graph.op(
        "Slice", position_table, graph.constant(np.array([0], np.int64)), length, graph.constant(np.array([0], np.int64))
    )
    shapes = graph.op("Gather", graph.constant(value["encoder.shape_embedding.weight"], "shape_embedding"), "shapes")
    states = norm(graph.op("Add", graph.op("Add", states, positions), shapes), "encoder.norm")
    real = graph.op("Cast", "mask", to=TensorProto.FLOAT)
    absent = graph.op("Sub", graph.constant(np.float32(1.0)), real)
    bias = graph.op("Mul", absent, graph.constant(np.float32(MASKED)))
    bias = graph.op("Unsqueeze", bias, graph.constant(np.array([1, 2], np.int64)))

    heads, width = sizes.attention_heads, sizes.hidden // sizes.attention_heads
    apart = graph.constant(np.array([0, 0, heads, width], np.int64))
    together = graph.constant(np.array([0, 0, sizes.hidden], np.int64))
    # The attention's scale goes into the query weights.
    for index in range(sizes.layers):
        for part in ("weight", "bias"):
            stacked = value[f"encoder.layers.{index}.qkv.{part}"].copy()
            stacked[: sizes.hidden] /= math.sqrt(width)
            value[f"encoder.layers.{index}.qkv.{part}"] = stacked
    layers = []
    for index in range(sizes.layers):
        prefix = f"encoder.layers.{index}."
        joint = linear(states, prefix + "qkv")
        parts = graph.op("Split", joint, graph.constant(np.array([sizes.hidden] * 3, np.int64)), outputs=3, axis=-1)
        query = graph.op("Transpose", graph.op("Reshape", parts[0], apart), perm=[0, 2, 1, 3])
        key = graph.op("Transpose", graph.op("Reshape", parts[1], apart), perm=[0, 2, 3, 1])
        content = graph.op("Transpose", graph.op("Reshape", parts[2], apart), perm=[0, 2, 1, 3])
        attention = graph.op("Softmax", graph.op("Add", graph.op("MatMul", query, key), bias), axis=-1)
        mixed = graph.op("Transpose", graph.op("MatMul", attention, content), perm=[0, 2, 1, 3])
        mixed = linear(graph.op("Reshape", mixed, together), prefix + "out")
        states = norm(graph.op("Add", states, mixed), prefix + "out_norm")
        outer = linear(graph.gelu(linear(states, prefix + "inner")), prefix + "outer")
        states = norm(graph.op("Add", states, outer), prefix + "outer_norm")
        layers.append(states)

    def mixed_words(name: str) -> str:
        """The mix of the layers, the mean of each word's first and last piece, [B,W,H]."""
        weights = torch.softmax(torch.tensor(value[name + ".weights"]), 0).numpy()
        total = ""
        for number, (layer, weight) in enumerate(zip(layers, weights)):
            part = graph.op("Mul", layer, graph.constant(np.float32(weight), f"{name}.{number}"))
            total = graph.op("Add", total, part) if total else part
        ends = []
        for words in ("firsts", "lasts"):
            index = graph.op("Unsqueeze", words, graph.constant(np.array([2], np.int64)))
            hidden = graph.constant(np.array([sizes.hidden], np.int64))
            shape = graph.op("Concat", graph.op("Shape", words), hidden, axis=0)
            ends.append(graph.op("GatherElements", total, graph.op("Expand", index, shape), axis=1))
        return graph.op("Mul", graph.op("Add", *ends), graph.constant(np.float32(0.5)))

    tag_states, tree_states, event_states = (mixed_words(f"{use}_mix") for use in ("tag", "tree", "event"))
    tag = graph.gelu(linear(tag_states, "tag_inner"))
    name = graph.gelu(linear(tag_states, "name_inner"))

    inner = linear(tree_states, "tree_inner")
    split = graph.constant(np.array([sizes.arc, sizes.arc, sizes.relation, sizes.relation], np.int64))
    arc_dependent, arc_head, relation_dependent, relation_head = graph.op("Split", inner, split, outputs=4, axis=-1)
    arc_dependent, arc_head = graph.gelu(arc_dependent), graph.gelu(arc_head)
    batch = graph.op("Gather", graph.op("Shape", "firsts"), graph.constant(np.array([0], np.int64)), axis=0)

    def with_root(heads_: str, root: str, size: int) -> str:
        shape = graph.op("Concat", batch, graph.constant(np.array([1, size], np.int64)), axis=0)
        row = graph.op("Expand", graph.constant(value[root].reshape(1, 1, size), root), shape)
        return graph.op("Concat", row, heads_, axis=1)

    arc_head = with_root(arc_head, "root_arc", sizes.arc)
    relation_head = with_root(relation_head, "root_relation", sizes.relation)
    value["arc_product.weight"] = value["arc_product.weight"] / math.sqrt(sizes.arc)
    arcs = graph.op("MatMul", linear(arc_dependent, "arc_product"), graph.op("Transpose", arc_head, perm=[0, 2, 1]))
    bias_matrix = graph.constant(value["arc_head_bias.weight"].T.copy(), "arc_head_bias.weight")
    arcs = graph.op("Add", arcs, graph.op("Transpose", graph.op("MatMul", arc_head, bias_matrix), perm=[0, 2, 1]))
    no_word = graph.op("Equal", "firsts", graph.constant(np.array(0, np.int64)))
    no_word = graph.op("Mul", graph.op("Cast", no_word, to=TensorProto.FLOAT), graph.constant(np.float32(MASKED)))
    root_shape = graph.op("Concat", batch, graph.constant(np.array([1], np.int64)), axis=0)
    root_bias = graph.op("Expand", graph.constant(np.zeros((1, 1), np.float32), "root_mask"), root_shape)
    no_head = graph.op("Concat", root_bias, no_word, axis=1)
    arcs = graph.op("Add", arcs, graph.op("Unsqueeze", no_head, graph.constant(np.array([1], np.int64))))

    event = linear(graph.gelu(linear(event_states, "event_inner")), "event")
    links = linear(event_states, "link_inner")
    link_bias = graph.constant(value["link_bias"], "link_bias")

    whole = TensorProto.INT64
    graph.save(
        path,
        {
            "pieces": (whole, ["batch", "pieces"]),
            "shapes": (whole, ["batch", "pieces"]),
            "mask": (whole, ["batch", "pieces"]),
            "firsts": (whole, ["batch", "words"]),
            "lasts": (whole, ["batch", "words"]),
        },
        {
            "upos": (linear(tag, "upos"), ["batch", "words", sizes.upos]),
            "lemma": (linear(tag, "lemma"), ["batch", "words", sizes.lemma]),
            "names": (linear(name, "names"), ["batch", "words", sizes.names]),
            "arcs": (arcs, ["batch", "words", "heads"]),
            "rel_dep": (relation_dependent, ["batch", "words", sizes.relation]),
            "rel_head": (relation_head, ["batch", "heads", sizes.relation]),
            "event": (event, ["batch", "words", model.event.out_features]),
            "links": (links, ["batch", "words", model.link_inner.out_features]),
            "link_biases": (link_bias, [len(ROLES)]),
        },
    )


def relation_graph(model: Model, path: Path) -> None:
    """The relation of given pairs of words, and the type of marked pairs; small, so always float32."""
    size = model.sizes.relation
    graph = Graph(int8=False)
    both = graph.op("Concat", graph.op("Relu", graph.op("Add", "dep", "head")), graph.op("Mul", "dep", "head"), axis=-1)
    weight, bias = model.relation.weight.detach().numpy(), model.relation.bias.detach().numpy()
    logits = graph.linear(both, "relation", weight, bias)
    weight, bias = model.pair.weight.detach().numpy(), model.pair.bias.detach().numpy()
    types = graph.linear("features", "pair", weight, bias)
    kind = TensorProto.FLOAT
    graph.save(
        path,
        {
            "dep": (kind, ["pairs", size]),
            "head": (kind, ["pairs", size]),
            "features": (kind, ["marked", model.pair.in_features]),
        },
        {
            "relation": (logits, ["pairs", model.sizes.relations]),
            "pair": (types, ["marked", len(TYPES)]),
        },
    )


def write_labels(path: Path, labels: dict[str, list[str]]) -> None:
    """labels.json: everything the reader of the graphs must know, in logit order."""
    content = {
        "format": FORMAT,
        "max_pieces": MAX_SENTENCE_PIECES,
        "max_word_pieces": MAX_WORD_PIECES,
        "shapes": SHAPE_NAMES,
        "upos": labels["upos"],
        "relation": labels["relation"],
        "names": labels["names"],
        "lemma": labels["lemma"],
        "event": TYPES,
        "mode": labels["mode"],
        "aux": AUX,
        "role": ROLES,
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf8")


def export(model: Model, labels: dict[str, list[str]], vocabulary: Path, target: Path, float32: Path | None) -> None:
    """Writes the shipped files to target, and the float32 encoder beside them if asked."""
    target.mkdir(parents=True, exist_ok=True)
    model = model.eval().cpu()
    encoder_graph(model, target / "encoder.onnx", int8=True)
    relation_graph(model, target / "relation.onnx")
    write_labels(target / "labels.json", labels)
    shutil.copyfile(vocabulary, target / "vocab.txt")
    if float32 is not None:
        encoder_graph(model, float32, int8=False)


def load_checkpoint(path: Path) -> tuple[Model, dict[str, list[str]]]:
    """A model and its labels from a checkpoint of train.py."""
    state = torch.load(path, map_location="cpu", weights_only=False)
    model = Model(Sizes(**state["sizes"]))
    # Weights of before the last stage know no conventions of marked pairs.
    model.load_state_dict(state["model"], strict=False)
    return model, state["labels"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--vocabulary", type=Path, required=True)
    parser.add_argument("--float32", type=Path, help="also write the float32 encoder here")
    arguments = parser.parse_args()
    model, labels = load_checkpoint(arguments.checkpoint)
    export(model, labels, arguments.vocabulary, arguments.target, arguments.float32)


if __name__ == "__main__":
    main()

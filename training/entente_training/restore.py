"""Turns exported graphs back into a checkpoint, so that training can go on where nothing but `models/en` is left.

int8 weights become the float32 numbers that they stand for.
"""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from .model import Model, Sizes


def weights_of(path: Path) -> dict[str, np.ndarray]:
    """The weights of a graph by name, those with a scale multiplied out."""
    found = {weight.name: numpy_helper.to_array(weight) for weight in onnx.load(str(path)).graph.initializer}
    for name, value in found.items():
        if value.dtype == np.int8:
            scale = found[name.removesuffix(".weight") + ".scale"]
            found[name] = value.astype(np.float32) * scale
    return found


def network_of(folder: Path, sizes: Sizes) -> dict[str, torch.Tensor]:
    """The network's weights as `Model.state_dict` names them, out of the graphs of the folder."""
    found = weights_of(folder / "encoder.onnx") | weights_of(folder / "relation.onnx")
    found = {name: value.copy() for name, value in found.items()}
    # What the graphs keep in another form than the network.
    width = sizes.hidden // sizes.attention_heads
    for index in range(sizes.layers):
        for part in ("weight", "bias"):
            found[f"encoder.layers.{index}.qkv.{part}"][..., : sizes.hidden] *= math.sqrt(width)
    found["arc_product.weight"] *= math.sqrt(sizes.arc)
    for name in ("tag_mix", "tree_mix", "event_mix"):
        found[f"{name}.weights"] = np.log([found[f"{name}.{index}"] for index in range(sizes.layers)])
    for name in ("piece", "position", "shape"):
        found[f"encoder.{name}_embedding.weight"] = found[f"{name}_embedding"]
    weights = {}
    for name, tensor in Model(sizes).state_dict().items():
        value = found[name]
        if name.endswith(".weight") and value.ndim == 2 and "embedding" not in name:
            value = value.T  # torch has [out, in], the graphs [in, out]
        weights[name] = torch.tensor(value, dtype=torch.float32).reshape(tensor.shape)
    return weights


def restored(folder: Path) -> dict[str, object]:
    """The checkpoint from which `export.export` would write the graphs of the folder."""
    labels = json.loads((folder / "labels.json").read_text(encoding="utf8"))
    sizes = Sizes(*(len(labels[name]) for name in ("upos", "lemma", "names", "relation")), modes=len(labels["mode"]))
    return {"model": network_of(folder, sizes), "sizes": asdict(sizes), "labels": labels}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="folder with encoder.onnx, relation.onnx and labels.json")
    parser.add_argument("checkpoint", type=Path)
    arguments = parser.parse_args()
    arguments.checkpoint.parent.mkdir(parents=True, exist_ok=True)
    torch.save(restored(arguments.model), arguments.checkpoint)


if __name__ == "__main__":
    main()

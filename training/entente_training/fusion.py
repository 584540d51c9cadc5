"""Fits how far to believe codebook and model together, on annotated sentences, from the reasons that `entente` gives.

    python -m entente_training.fusion write dev --events ../corpus/events > dev.jsonl
    entente annotate --explain dev.jsonl > coded.jsonl
    python -m entente_training.fusion fit dev coded.jsonl --events ../corpus/events

`--standoff ../corpus/standoff --data ../../shared/data` in place of `--events` takes the sentences of real texts.
`fit` prints the weights for crates/entente-coder/src/fusion.rs, how well single events are found, and the expected
calibration error (ten bins) of the confidences as they stand.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np

from .acts import import_from

SOURCES = re.compile(r"(?:codebook ([\d.]+), )?model ([A-Z]+) ([\d.]+), (both parties|one party|no party)")
BINS = 10


def logit(probability: float) -> float:
    kept = min(max(probability, 1e-4), 1 - 1e-4)
    return float(np.log(kept / (1 - kept)))


def sentences_of(arguments: argparse.Namespace) -> list:
    """The annotated sentences of the folders that are named."""
    found = []
    if arguments.events:
        found += import_from(arguments.events, "annotations").read_corpus(arguments.events)
    if arguments.standoff:
        read = import_from(arguments.standoff, "standoff").read_standoff
        for path in sorted(arguments.standoff.glob("*.txt")):
            found += read(path, arguments.data)
    return found


def candidates(record: dict) -> list[dict]:
    """Coded and rejected candidates with what both sides said of them."""
    found = []
    for event in record["events"]:
        match = next((m for reason in event["reason"] if (m := SOURCES.fullmatch(reason))), None)
        if match:
            found.append({"trigger": event["trigger"], "match": match, "confidence": event["confidence"]})
    for item in record.get("rejected", []):
        match = SOURCES.match(item["reason"])
        if match and item.get("trigger"):
            found.append({"trigger": item["trigger"], "match": match, "confidence": None})
    return found


def is_right(candidate: dict, events: list) -> bool:
    """The corpus has an event of the type whose trigger shares a word with the candidate's."""
    start, end = candidate["trigger"]["start"], candidate["trigger"]["end"]
    kind = candidate["match"][2]
    return any(e.event == kind and e.trigger[0] < end and start < e.trigger[1] for e in events)


def regression(features: np.ndarray, right: np.ndarray, steps: int = 4000, rate: float = 0.1) -> np.ndarray:
    """Logistic regression with a constant, by gradient descent, slightly pulled towards 0."""
    inputs = np.column_stack([np.ones(len(features)), features])
    weights = np.zeros(inputs.shape[1])
    for _ in range(steps):
        error = 1 / (1 + np.exp(-inputs @ weights)) - right
        weights -= rate * (inputs.T @ error / len(right) + 1e-3 * weights)
    return weights


def calibration_error(confidence: np.ndarray, right: np.ndarray) -> float:
    """Mean gap between confidence and share of right ones over equal bins, weighted by their size."""
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [abs(confidence[bins == b].mean() - right[bins == b].mean()) * (bins == b).sum() for b in set(bins.tolist())]
    return float(sum(gaps) / len(confidence))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=["write", "fit"])
    parser.add_argument("split")
    parser.add_argument("coded", type=Path, nargs="?")
    parser.add_argument("--events", type=Path, help="folder with the project's own sentences")
    parser.add_argument("--standoff", type=Path, help="folder with annotations of texts under --data")
    parser.add_argument("--data", type=Path)
    arguments = parser.parse_args()
    sentences = {f"{s.file}:{s.line}": s for s in sentences_of(arguments) if s.split == arguments.split}
    if not sentences:
        parser.error(f"no sentences of the split '{arguments.split}': name --events or --standoff")
    if arguments.step == "write":
        for key, sentence in sentences.items():
            print(json.dumps({"id": key, "text": sentence.text}))
        return
    together, alone, coded = [], [], []
    gold = sum(len(sentence.events) for sentence in sentences.values())
    for line in arguments.coded.read_text(encoding="utf8").splitlines():
        record = json.loads(line)
        for candidate in candidates(record):
            right = is_right(candidate, sentences[record["id"]].events)
            codebook, model = candidate["match"][1], logit(float(candidate["match"][3]))
            if candidate["match"][4] == "no party":
                continue
            whole = float(candidate["match"][4] == "both parties")
            if codebook:
                together.append((model, logit(float(codebook)), whole, right))
            else:
                alone.append((model, whole, right))
            if candidate["confidence"] is not None:
                coded.append((candidate["confidence"], right))
    for name, rows in (("TOGETHER", together), ("MODEL_ALONE", alone)):
        table = np.array(rows, float)
        weights = regression(table[:, :-1], table[:, -1])
        print(name, [round(w, 2) for w in weights.tolist()], f"{len(rows)} candidates, {table[:, -1].mean():.2f} right")
    table = np.array(coded, float)
    right, found = table[:, 1].sum(), len(table)
    print(f"events {gold}, coded {found}, precision {right / found:.3f}, recall {right / gold:.3f}")
    print(f"expected calibration error {calibration_error(table[:, 0], table[:, 1]):.3f}")


if __name__ == "__main__":
    main()

"""Fits how much each feature counts in joining events to happenings, on the pairs that the ledger's example writes.

    python3 corpus/happenings/topics.py > articles.jsonl
    entente annotate articles.jsonl > coded.jsonl
    cargo run --release -p entente-ledger --example happenings -- articles.jsonl coded.jsonl --pairs pairs.tsv
    cd training && python -m entente_training.happenings pairs.tsv > weights.toml

Logistic regression with an L2 penalty, on the pairs of the training part; the constant is not penalised. Signs that
cannot be otherwise are enforced (`AGAINST`, `FOR`), so that the table stays readable and a rare feature does not learn
nonsense from a few pairs. Progress goes to stderr, with the figures on single pairs of both parts.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

HEADER = """\
# How much each feature of two reports counts (src/happenings/features.rs says what each means). The probability that
# they mean one act is the logistic function of the weighted sum. Fitted on the training part of corpus/happenings by
# training/entente_training/happenings.py.

# Mean probability over the pairs of two groups from which they become one happening.
join = {join}

# How much it counts that another event of the same document is a better match, for each unit of log-odds.
rival = {rival}

[weights]
"""
AGAINST = """type-distance mode-differs actor-conflict recipient-conflict parties-apart day-off day-off-soft publication-gap
content-apart frame-differs names-apart topic-near place-differs country-differs size-differs numbers-differ future-differs hypothetical-differs
historical-differs another no-parties same-sentence deed-differs before publication-soft recipient-apart topic-apart speaker-conflict""".split()
FOR = """mode-shared actor-name actor-code actor-member recipient-name recipient-code recipient-member parties-shared
parties-swapped day-same day-fits words words-count trigger trigger-elsewhere topic content place-same size-same
number-shared same-story all-fits near deed-same headline same-type-day frame-same lead-fits day-off-recalled speaker-same""".split()


# How much a made pair counts beside a real one: more of them makes real pairs worse, none lets everything that happens
# between two states on one day run together.
MADE = {"made-world": 0.05, "made-party": 0.3}


def read_pairs(path: Path) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """Names of the features; the split of each pair; which are one act; the features."""
    header, *rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    features = np.array([[float(value) for value in row[4:]] for row in rows])
    return header[4:], np.array([row[0] for row in rows]), np.array([row[1] == "1" for row in rows]), features


def fit(
    features: np.ndarray, same: np.ndarray, counts: np.ndarray, names: list[str], penalty: float, steps: int = 4000
) -> np.ndarray:
    """Projected gradient descent with momentum (Nesterov); the step is the inverse of the curvature's bound."""
    lower = np.array([0.0 if name in FOR else -np.inf for name in names])
    upper = np.array([0.0 if name in AGAINST else np.inf for name in names])
    ridge = np.array([0.0 if name == "constant" else penalty for name in names])
    curvature = 0.25 * np.linalg.norm(features * np.sqrt(counts)[:, None], 2) ** 2 + penalty
    weights = np.zeros(len(names))
    ahead, speed = weights, 1.0
    for _ in range(steps):
        error = counts * (1 / (1 + np.exp(-features @ ahead)) - same)
        step = np.clip(ahead - (features.T @ error + ridge * ahead) / curvature, lower, upper)
        faster = (1 + np.sqrt(1 + 4 * speed * speed)) / 2
        ahead, weights, speed = step + (speed - 1) / faster * (step - weights), step, faster
    return weights


def report(name: str, probability: np.ndarray, same: np.ndarray, join: float) -> None:
    found = probability >= join
    right = (found & same).sum()
    precision, recall = right / max(found.sum(), 1), right / max(same.sum(), 1)
    f1 = 2 * right / max(found.sum() + same.sum(), 1)
    print(f"{name}: {len(same)} pairs, {same.sum()} of one act, P {precision:.3f} R {recall:.3f} F1 {f1:.3f}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--penalty", type=float, default=1.0)
    parser.add_argument("--join", type=float, default=0.35)
    parser.add_argument("--rival", type=float, default=0.3)
    arguments = parser.parse_args()
    names, split, same, features = read_pairs(arguments.pairs)
    is_fitted = split != "dev"
    counts = np.array([MADE.get(name, 1.0) for name in split])
    weights = fit(features[is_fitted], same[is_fitted], counts[is_fitted], names, arguments.penalty)
    probability = 1 / (1 + np.exp(-features @ weights))
    for part in ["train", "dev"]:
        report(part, probability[split == part], same[split == part], arguments.join)
    print(HEADER.format(join=arguments.join, rival=arguments.rival), end="")
    for name, weight in zip(names, weights):
        print(f"{name} = {weight + 0.0:.3f}")


if __name__ == "__main__":
    main()

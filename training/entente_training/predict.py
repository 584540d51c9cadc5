"""Runs exported graphs with onnxruntime and scores them; the reference for the product's own inference.

    python -m entente_training.predict models/en conllu GOLD.conllu OUT.conllu
    python -m entente_training.predict models/en names --data DATA [--own corpus/names] [--excluded FOLDER]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime

from .batches import Encoder
from .data import NAME_TAGS, Sentence, read_conllu
from .lemma import apply_script
from .names import name_sentences
from .text import WordPiece
from .trees import best_tree


@dataclass
class Analysis:
    """What the model says of one sentence; heads are 1-based, 0 is the root."""

    upos: list[str]
    lemmas: list[str]
    heads: list[int]
    relations: list[str]
    names: list[tuple[int, int, str]]


def name_transitions() -> np.ndarray:
    """[C,C]: 0 where the second tag may follow the first, else a large negative number."""
    allowed = np.full((len(NAME_TAGS), len(NAME_TAGS)), -1.0e9)
    for i, left in enumerate(NAME_TAGS):
        for j, right in enumerate(NAME_TAGS):
            goes_on = left[0] in "BI"
            if goes_on and right[0] in "IE" and left[2:] == right[2:] or not goes_on and right[0] in "OBS":
                allowed[i, j] = 0.0
    return allowed


TRANSITIONS = name_transitions()


def best_names(logits: np.ndarray) -> list[tuple[int, int, str]]:
    """Names as (first word, end, kind): the best well-formed BIOES sequence."""
    logs = logits - np.log(np.exp(logits - logits.max(1, keepdims=True)).sum(1, keepdims=True)) - logits.max(
        1, keepdims=True
    )
    start = np.array([0.0 if tag[0] in "OBS" else -1.0e9 for tag in NAME_TAGS])
    stop = np.array([0.0 if tag[0] in "OES" else -1.0e9 for tag in NAME_TAGS])
    best = start + logs[0]
    back = []
    for row in logs[1:]:
        paths = best[:, None] + TRANSITIONS
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    tag = int((best + stop).argmax())
    tags = [tag]
    for pointers in reversed(back):
        tag = int(pointers[tag])
        tags.append(tag)
    return spans([NAME_TAGS[tag] for tag in reversed(tags)])


def spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """Names of a well-formed BIOES sequence."""
    found, first = [], 0
    for index, tag in enumerate(tags):
        if tag[0] in "BS":
            first = index
        if tag[0] in "ES":
            found.append((first, index + 1, tag[2:]))
    return found


class Predictor:
    """The exported model in a folder."""

    def __init__(self, folder: Path, encoder: Path | None = None, threads: int = 2) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.labels = json.loads((folder / "labels.json").read_text(encoding="utf8"))
        providers = ["CPUExecutionProvider"]
        path = encoder or folder / "encoder.onnx"
        self.encoder = onnxruntime.InferenceSession(str(path), options, providers=providers)
        self.relation = onnxruntime.InferenceSession(str(folder / "relation.onnx"), options, providers=providers)
        features = next(i for i in self.relation.get_inputs() if i.name == "features").shape[1]
        self.no_marks = {"features": np.zeros((0, features), np.float32)}
        self.inputs = Encoder(WordPiece(folder / "vocab.txt"), self.labels)

    def analyse(self, sentences: list[Sentence], pieces: int = 2048) -> list[Analysis]:
        """Analyses in the order of the sentences."""
        results: dict[int, Analysis] = {}
        for group in self.inputs.batches(sentences, pieces):
            for sentence, analysis in zip(group, self._batch(group)):
                results[id(sentence)] = analysis
        missing = [sentence for sentence in sentences if id(sentence) not in results]
        if missing:
            raise ValueError(f"{len(missing)} sentences are longer than the model's longest")
        return [results[id(sentence)] for sentence in sentences]

    def _batch(self, sentences: list[Sentence]) -> Iterator[Analysis]:
        batch = self.inputs.batch([Sentence(words=s.words) for s in sentences])
        feed = {name: getattr(batch, name).numpy() for name in ("pieces", "shapes", "mask", "firsts", "lasts")}
        names = [output.name for output in self.encoder.get_outputs()]
        out = dict(zip(names, self.encoder.run(None, feed)))
        for index, sentence in enumerate(sentences):
            count = len(sentence.words)
            heads = best_tree(out["arcs"][index, :count, : count + 1])
            pair = {"dep": out["rel_dep"][index, :count], "head": out["rel_head"][index][heads]}
            logits = self.relation.run(["relation"], pair | self.no_marks)[0]
            root = self.labels["relation"].index("root")
            # `root` belongs to the word under the root and to no other.
            logits[[head != 0 for head in heads], root] = -np.inf
            relations = ["root" if h == 0 else self.labels["relation"][r] for h, r in zip(heads, logits.argmax(1))]
            scripts = [self.labels["lemma"][i] for i in out["lemma"][index, :count].argmax(1)]
            yield Analysis(
                upos=[self.labels["upos"][i] for i in out["upos"][index, :count].argmax(1)],
                lemmas=[apply_script(script, word) for script, word in zip(scripts, sentence.words)],
                heads=heads,
                relations=relations,
                names=best_names(out["names"][index, :count]),
            )


def write_conllu(path: Path, sentences: list[Sentence], analyses: list[Analysis]) -> None:
    """A CoNLL-U file with the names in MISC."""
    with path.open("w", encoding="utf8") as out:
        for sentence, a in zip(sentences, analyses):
            name = {word: kind for first, end, kind in a.names for word in range(first, end)}
            for i, word in enumerate(sentence.words):
                misc = f"Name={name[i]}" if i in name else "_"
                row = (i + 1, word, a.lemmas[i] or "_", a.upos[i], "_", "_", a.heads[i], a.relations[i], "_", misc)
                print(*row, sep="\t", file=out)
            print(file=out)


def read_uner(path: Path) -> list[Sentence]:
    """Universal NER: PER, ORG and LOC only, BIO; the gold spans go into `lemmas` as `first:end:KIND`."""
    sentences = []
    for block in path.read_text(encoding="utf8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        if not rows:
            continue
        names: list[list] = []
        for index, row in enumerate(rows):
            tag = row[2]
            if tag.startswith("B-") or tag.startswith("I-") and not (names and names[-1][1] == index):
                names.append([index, index + 1, tag[2:]])
            elif tag.startswith("I-"):
                names[-1][1] = index + 1
        sentences.append(Sentence(words=[row[1] for row in rows], lemmas=[f"{a}:{b}:{k}" for a, b, k in names]))
    return sentences


def f1(right: int, predicted: int, gold: int) -> float:
    return round(2 * right / (predicted + gold), 4) if predicted + gold else 0.0


def score_names(gold: list[set], predicted: list[set]) -> dict[str, float]:
    """F1 of exact spans with their kind, over all and for each kind."""
    kinds = sorted({kind for names in gold for _, _, kind in names})
    result = {}
    for wanted in [None, *kinds]:
        g = [{n for n in names if wanted in (None, n[2])} for names in gold]
        p = [{n for n in names if wanted in (None, n[2])} for names in predicted]
        counts = sum(len(a & b) for a, b in zip(g, p)), sum(map(len, p)), sum(map(len, g))
        result[wanted or "all"] = f1(*counts)
    return result | {"gold": sum(map(len, gold))}


def evaluate_names(predictor: Predictor, data: Path, own: Path | None, excluded: Path | None) -> dict[str, dict]:
    """Names on UNER's EWT dev (its three kinds) and on the held-out tenths."""
    uner = read_uner(data / "ner" / "uner_ewt_dev.iob2")
    gold = [{(int(a), int(b), k) for a, b, k in (n.split(":") for n in s.lemmas)} for s in uner]
    analyses = predictor.analyse(uner)
    predicted = [{n for n in a.names if n[2] in ("PER", "ORG", "LOC")} for a in analyses]
    figures = {"uner_ewt_dev": score_names(gold, predicted)}
    _, held = name_sentences(data, own, excluded)
    for source in sorted({sentence.source for sentence in held}):
        chosen = [sentence for sentence in held if sentence.source == source]
        gold, predicted = [], []
        for sentence, analysis in zip(chosen, predictor.analyse(chosen)):
            sets = sentence.names or []
            # Where the source leaves a word open, no name over it counts for or against.
            open_words = {i for i, allowed in enumerate(sets) if allowed & (allowed - 1)}
            tags = [NAME_TAGS[allowed.bit_length() - 1] if i not in open_words else "O" for i, allowed in enumerate(sets)]
            gold.append(set(spans(tags)))
            predicted.append({n for n in analysis.names if not open_words & set(range(n[0], n[1]))})
        figures["held_out_" + source] = score_names(gold, predicted)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="folder with encoder.onnx, relation.onnx, labels.json, vocab.txt")
    parser.add_argument("--encoder", type=Path, help="another encoder graph, such as the float32 one")
    commands = parser.add_subparsers(dest="command", required=True)
    conllu = commands.add_parser("conllu", help="analyse the words of a CoNLL-U file")
    conllu.add_argument("gold", type=Path)
    conllu.add_argument("out", type=Path)
    names = commands.add_parser("names", help="F1 of names")
    names.add_argument("--data", type=Path, required=True)
    names.add_argument("--own", type=Path)
    names.add_argument("--excluded", type=Path)
    arguments = parser.parse_args()
    predictor = Predictor(arguments.model, arguments.encoder)
    if arguments.command == "conllu":
        sentences = read_conllu(arguments.gold)
        write_conllu(arguments.out, sentences, predictor.analyse(sentences))
    else:
        for source, figures in evaluate_names(
            predictor, arguments.data, arguments.own, arguments.excluded
        ).items():
            print(json.dumps({"source": source} | figures))


if __name__ == "__main__":
    main()

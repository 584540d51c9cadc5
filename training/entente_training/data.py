"""Training and evaluation sentences: treebanks, name corpora, batches and augmentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .lemma import make_script

if TYPE_CHECKING:
    from .acts import Act, Pair, Quote

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
KINDS = ["PER", "ORG", "LOC", "NORP", "MISC"]
NAME_TAGS = ["O"] + [f"{position}-{kind}" for kind in KINDS for position in "BIES"]
IGNORED = -100


@dataclass
class Sentence:
    """Words with what is known of them. `names` holds for each word the allowed name tags (a bit mask), or None."""

    words: list[str]
    upos: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    names: list[int] | None = None
    source: str = ""
    key: str = ""
    # Targets of the event heads (acts.py); None where the source says nothing.
    acts: list[Act] | None = None
    quotes: list[Quote] | None = None
    quotes_known: bool = False  # no statement of the sentence is left out
    pair: Pair | None = None
    factuality: dict[int, float] = field(default_factory=dict)


def read_conllu(path: Path) -> list[Sentence]:
    """Sentences of a CoNLL-U file; empty nodes and multiword ranges are skipped."""
    sentences: list[Sentence] = []
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf8").split("\n"):
        if line and not line.startswith("#"):
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
        elif not line and rows:
            sentences.append(
                Sentence(
                    words=[row[1] for row in rows],
                    upos=[row[3] for row in rows],
                    lemmas=[row[2] for row in rows],
                    heads=[int(row[6]) for row in rows],
                    relations=[row[7] for row in rows],
                    source=path.stem,
                )
            )
            rows = []
    return sentences


def label_inventory(treebank: Iterable[Sentence], rarest_lemma: int = 3) -> dict[str, list[str]]:
    """Labels in logit order; lemma scripts and relations by falling frequency, then by name."""
    scripts: Counter[str] = Counter()
    relations: Counter[str] = Counter()
    for sentence in treebank:
        relations.update(sentence.relations)
        scripts.update(make_script(form, lemma) for form, lemma in zip(sentence.words, sentence.lemmas))
    # Augmentation re-cases the words, which needs the casing scripts even where the treebank has few of them.
    for script in ("keep", "cap", "upper", "lower -1", "cap -1", "upper -1"):
        scripts[script] += rarest_lemma

    def ordered(counts: Counter[str], least: int) -> list[str]:
        return [label for label, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= least]

    return {
        "upos": UPOS,
        "relation": ordered(relations, 1),
        "names": NAME_TAGS,
        "lemma": ordered(scripts, rarest_lemma),
    }

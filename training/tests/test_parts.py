"""python -m unittest discover -s tests (from training/)"""

import itertools
import unittest

import numpy as np

from entente_training.lemma import apply_script, make_script
from entente_training.predict import NAME_TAGS, best_names
from entente_training.text import normalise, shape_of, split_punctuation
from entente_training.trees import best_tree


class Lemmas(unittest.TestCase):
    def test_documented_examples(self) -> None:
        table = [
            ("The", "lower", "the"), ("Ankara", "keep", "Ankara"), ("forces", "lower -1", "force"),
            ("killed", "lower -2", "kill"), ("making", "lower -3 +e", "make"), ("cities", "lower -3 +y", "city"),
            ("is", "=be", "be"), ("n't", "lower -2 +ot", "not"), ("ANKARA", "cap", "Ankara"),
            ("Kurds", "keep -1", "Kurd"), ("nato", "upper", "NATO"),
        ]  # fmt: skip
        for form, script, lemma in table:
            self.assertEqual(make_script(form, lemma), script)
            self.assertEqual(apply_script(script, form), lemma)

    def test_eaten_form_stays(self) -> None:
        self.assertEqual(apply_script("lower -3 +y", "To"), "to")


class Trees(unittest.TestCase):
    def test_best_of_all_trees(self) -> None:
        generator = np.random.default_rng(7)
        for size in (1, 2, 3, 4, 5):
            for _ in range(40):
                scores = generator.normal(size=(size, size + 1)) * 2
                found = best_tree(scores, roots=size)
                self.assertAlmostEqual(total(scores, found), max(total(scores, heads) for heads in trees(size)))


def trees(size: int) -> list[tuple[int, ...]]:
    """Every choice of heads that is a tree with one word under the root."""
    found = []
    for heads in itertools.product(range(size + 1), repeat=size):
        reached = {0}
        for _ in range(size):
            reached |= {word + 1 for word, head in enumerate(heads) if head in reached}
        if len(reached) == size + 1 and heads.count(0) == 1:
            found.append(heads)
    return found


def total(scores: np.ndarray, heads: tuple[int, ...] | list[int]) -> float:
    logs = scores - scores.max(1, keepdims=True)
    logs = logs - np.log(np.exp(logs).sum(1, keepdims=True))
    return float(sum(logs[word, head] for word, head in enumerate(heads)))


class Names(unittest.TestCase):
    def test_ill_formed_sequence_is_never_chosen(self) -> None:
        logits = np.zeros((3, len(NAME_TAGS)))
        for word, tag in enumerate(["B-PER", "E-PER", "I-LOC"]):
            logits[word, NAME_TAGS.index(tag)] = 5.0
        self.assertEqual([n for n in best_names(logits) if n[0] == 0], [(0, 2, "PER")])


class Words(unittest.TestCase):
    def test_normalisation(self) -> None:
        self.assertEqual(normalise("Évian\u2019s"), "evian's")
        self.assertEqual(split_punctuation("u.s.-led"), ["u", ".", "s", ".", "-", "led"])

    def test_shapes(self) -> None:
        words = ["--", "led", "Lavrov", "NATO", "McCain", "2024", "G7", "I", "U.S."]
        self.assertEqual([shape_of(word) for word in words], [0, 1, 2, 3, 4, 5, 6, 2, 3])


if __name__ == "__main__":
    unittest.main()

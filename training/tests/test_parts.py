"""python -m unittest discover -s tests (from training/)"""

import itertools
import random
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from entente_training.acts import (
    ACT_ROLES,
    AUX,
    TYPES,
    Act,
    StateSwapper,
    allowed_types,
    covered,
    phrase_head,
    read_examples,
)
from entente_training.batches import ActTargets, Encoder
from entente_training.data import IGNORED, UPOS, Sentence
from entente_training.export import encoder_graph, relation_graph
from entente_training.lemma import apply_script, make_script
from entente_training.model import Model, Sizes, round_rows
from entente_training.parsed import Ensemble
from entente_training.predict import NAME_TAGS, best_names
from entente_training.restore import network_of
from entente_training.sources import Parsed, without_trees
from entente_training.text import WordPiece, normalise, shape_of, split_punctuation
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


class Phrases(unittest.TestCase):
    def test_a_span_covers_the_words_it_touches(self) -> None:
        words = [(0, 4), (5, 8), (8, 10), (11, 15)]
        self.assertEqual(covered(words, (5, 10)), [1, 2])
        self.assertEqual(covered(words, (3, 6)), [0, 1])
        self.assertEqual(covered(words, (4, 5)), [])
        self.assertEqual(covered(words, None), [])

    def test_head_of_a_phrase_hangs_outside_it(self) -> None:
        # Oman 's foreign minister spoke
        heads = [4, 1, 4, 5, 0]
        self.assertEqual(phrase_head(heads, [0, 1, 2, 3]), 3)
        self.assertEqual(phrase_head(heads, [0, 1]), 0)
        self.assertEqual(phrase_head(heads, [4]), 4)

    def test_words_that_hang_on_one_another_have_their_last_as_head(self) -> None:
        self.assertEqual(phrase_head([2, 1, 0], [0, 1]), 1)

    def test_yield_allows_both_its_types(self) -> None:
        self.assertEqual([TYPES[index] for index in allowed_types("YIELD")], ["CONCEDE", "RETREAT"])
        self.assertEqual([TYPES[index] for index in allowed_types("AID")], ["AID"])


COUNTRIES = """CCA2,Name,CCA3,Nationality
NO,Norway,NOR,Norwegian
DK,Denmark,DNK,"Danish, Danes"
OM,Oman,OMN,"Omani, Omanis"
PE,Peru,PER,Peruvian
SM,San Marino,SMR,Sammarinese
"""


class States(unittest.TestCase):
    def setUp(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            table = Path(folder) / "countries.csv"
            table.write_text(COUNTRIES, encoding="utf8")
            self.swapper = StateSwapper(table)

    def test_states_are_swapped_consistently(self) -> None:
        words = "Norway expelled Danish envoys ; Denmark blamed Norwegian spies and Norway .".split()
        sentence = Sentence(words, acts=[], key="here")
        changed = False
        for seed in range(20):
            swapped = self.swapper.swapped(sentence, random.Random(seed))
            self.assertEqual(len(swapped.words), len(words))
            self.assertEqual((swapped.acts, swapped.key), ([], "here"))
            one, other = (swapped.words[0], swapped.words[7]), (swapped.words[5], swapped.words[2])
            self.assertIn(one, self.swapper.rows)
            self.assertIn(other, self.swapper.rows)
            self.assertNotEqual(one, other)
            self.assertEqual(swapped.words[10], one[0])
            kept = [word for index, word in enumerate(swapped.words) if index not in (0, 2, 5, 7, 10)]
            self.assertEqual(kept, "expelled envoys ; blamed spies and .".split())
            changed |= swapped.words != words
        self.assertTrue(changed)
        self.assertEqual(sentence.words[:3], ["Norway", "expelled", "Danish"])

    def test_names_of_several_words_stay(self) -> None:
        sentence = Sentence("San Marino agreed .".split())
        self.assertIs(self.swapper.swapped(sentence, random.Random(1)), sentence)


class Targets(unittest.TestCase):
    MODES = ["RETREAT release", "REQUEST yield", "REQUEST meet", "COERCE arrest"]

    def targets(self) -> ActTargets:
        """Of a sentence with one event, one without any, and one of which nothing is known."""
        labels = {"upos": [], "lemma": [], "relation": [], "mode": self.MODES}
        with tempfile.TemporaryDirectory() as folder:
            vocabulary = Path(folder) / "vocab.txt"
            vocabulary.write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n", encoding="utf8")
            encoder = Encoder(WordPiece(vocabulary), labels)
        act = Act(
            event=TYPES.index("REQUEST"),
            modes=["REQUEST yield"],
            aux=[2],
            trigger=3,
            rest=[2],
            links={"actor": [1], "recipient": [5], "place": [], "time": []},
            blurred={"actor": [0], "recipient": [4], "place": [], "time": []},
        )
        asked = Sentence("Omani envoys put demands to Iran .".split(), acts=[act])
        return encoder.batch([asked, Sentence("It rained .".split(), acts=[]), Sentence(["Unknown", "."])]).acts

    def test_other_words_of_a_trigger_are_ignored(self) -> None:
        found = self.targets()
        event = TYPES.index("REQUEST") + 1
        self.assertEqual(found.types[0].tolist(), [0, 0, IGNORED, event, 0, 0, 0])
        self.assertEqual(found.types[1].tolist(), [0, 0, 0] + [IGNORED] * 4)
        self.assertEqual(found.types[2].tolist(), [IGNORED] * 7)
        self.assertEqual([found.row.tolist(), found.word.tolist(), found.event.tolist()], [[0], [3], [event - 1]])

    def test_modes_of_other_types_are_ignored(self) -> None:
        found = self.targets()
        self.assertEqual(found.modes.tolist(), [[IGNORED, 1, 0, IGNORED]])
        self.assertEqual(found.aux.tolist(), [[0, 0, 1, 0]])

    def test_other_words_of_a_phrase_are_ignored(self) -> None:
        links = self.targets().links[0].T.tolist()
        self.assertEqual(links[ACT_ROLES.index("actor")], [IGNORED, 1, 0, 0, 0, 0, 0])
        self.assertEqual(links[ACT_ROLES.index("recipient")], [0, 0, 0, 0, IGNORED, 1, 0])
        self.assertEqual(links[ACT_ROLES.index("place")], [0] * 7)


class Examples(unittest.TestCase):
    BOOK = '''
type = "REJECT"
[[example]]
text = "Oman did not accept the offer."
events = [{ trigger = "did not accept", mode = ["yield"], actor = ["OMN GOV"] }]
[[example]]
text = "Peru may refuse. It rained."
events = []
[[example]]
text = "Talks would be cut off by Oman."
events = [{ event = "SANCTION", trigger = "cut off", aux = ["hypothetical"] }]
'''

    def test_what_an_example_leaves_open_stays_unknown(self) -> None:
        def parse(sentences: list[Sentence]) -> list[Sentence]:
            tags = {"did": "AUX", "not": "PART", "accept": "VERB", "cut": "VERB", "off": "ADP"}
            return [
                Sentence(s.words, upos=[tags.get(w, "NOUN") for w in s.words], heads=[0] * len(s.words)) for s in sentences
            ]

        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "reject.toml").write_text(self.BOOK, encoding="utf8")
            first, second = read_examples(Path(folder), parse)
        act = first.acts[0]
        self.assertEqual((TYPES[act.event], act.modes, act.aux, act.links), ("REJECT", ["REJECT yield"], [], None))
        self.assertEqual((first.words[act.trigger], act.rest), ("accept", [1, 2]))
        act = second.acts[0]
        self.assertEqual((TYPES[act.event], act.modes, act.aux), ("SANCTION", None, [AUX.index("hypothetical")]))


class Exported(unittest.TestCase):
    def test_graphs_give_back_the_weights_they_were_made_of(self) -> None:
        sizes = Sizes(upos=3, lemma=4, names=5, relations=3, pieces=20, positions=8, hidden=24, inner=32, layers=2,
                      attention_heads=2, arc=8, relation=6, tag=8, modes=3, event=8, link=4)  # fmt: skip
        torch.manual_seed(3)
        model = Model(sizes)
        model.encoder.piece_embedding.weight.data.copy_(round_rows(model.encoder.piece_embedding.weight.data))
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            encoder_graph(model.eval(), folder / "encoder.onnx", int8=False)
            relation_graph(model, folder / "relation.onnx")
            found = network_of(folder, sizes)
        for key, weight in model.state_dict().items():
            if not key.endswith("_mix.weights"):  # only their softmax is kept
                self.assertTrue(torch.allclose(found[key], weight, atol=1e-6), key)
        for mix in ("tag_mix", "tree_mix", "event_mix"):
            kept, given = found[f"{mix}.weights"].softmax(0), model.state_dict()[f"{mix}.weights"].softmax(0)
            self.assertTrue(torch.allclose(kept, given, atol=1e-6))


class Ensembles(unittest.TestCase):
    def test_sentences_get_whole_trees(self) -> None:
        labels = {"upos": UPOS, "lemma": ["lower", "keep"], "names": NAME_TAGS, "relation": ["nsubj", "root", "obj"], "mode": []}
        torch.manual_seed(3)
        sizes = Sizes(len(UPOS), 2, len(NAME_TAGS), 3, layers=1)
        with tempfile.TemporaryDirectory() as folder:
            vocabulary = Path(folder) / "vocab.txt"
            vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "mali", "left"]) + "\n")
            parse = Ensemble([Model(sizes), Model(sizes)], Encoder(WordPiece(vocabulary), labels), labels, torch.device("cpu"))
            found = parse([Sentence(["Mali", "left"]), Sentence(["left"] * 300), Sentence(["Mali"])])
        self.assertEqual([sentence.words[0] for sentence in found], ["Mali", "left", "Mali"])
        for sentence in (found[0], found[2]):
            self.assertEqual(sentence.heads.count(0), 1)
            self.assertEqual([head == 0 for head in sentence.heads], [name == "root" for name in sentence.relations])
            self.assertEqual(len(sentence.names), len(sentence.words))
        self.assertEqual(found[1].heads[-1], 0, "too long for the encoder: a chain")

    def test_bare_sentences_keep_their_events(self) -> None:
        sentence = Sentence(["Mali", "left"], ["PROPN", "VERB"], ["Mali", "leave"], [2, 0], ["nsubj", "root"], [1, 1], acts=[])
        bare = without_trees(Parsed({"train": [sentence]}, {"train": []}, [], [], []))
        self.assertEqual(bare.events["train"][0].heads, [])
        self.assertEqual(bare.events["train"][0].acts, [])


if __name__ == "__main__":
    unittest.main()

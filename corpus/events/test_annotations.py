"""python3 -m unittest discover -s corpus/events"""

import sys
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))

from annotations import Event, Fault, Statement, find, parse_annotation, read_file

TEXT = "Oman and Iran said strikes hit Oman's port, and Iran denied that strikes were planned."


class Lines(unittest.TestCase):
    def quoted(self, span: tuple[int, int]) -> str:
        return TEXT[span[0] : span[1]]

    def test_an_event_with_all_its_parts(self) -> None:
        event = parse_annotation(TEXT, "ASSAULT aerial drone (negation, future): strikes#2 < Oman; Iran > port @ Oman#2 ^ were")
        self.assertIsInstance(event, Event)
        self.assertEqual((event.event, event.modes, event.aux), ("ASSAULT", ["aerial", "drone"], ["negation", "future"]))
        self.assertEqual(event.trigger[0], TEXT.rindex("strikes"))
        self.assertEqual([self.quoted(span) for span in event.actors], ["Oman", "Iran"])
        self.assertEqual(event.place[0], TEXT.index("Oman's"))

    def test_a_statement_with_and_without_cue_and_speaker(self) -> None:
        whole = parse_annotation(TEXT, "SAY: denied < Iran#2 = strikes#2")
        self.assertIsInstance(whole, Statement)
        self.assertEqual(whole.speaker[0], TEXT.rindex("Iran"))
        bare = parse_annotation(TEXT, "SAY: - = strikes hit Oman's port")
        self.assertEqual((bare.cue, bare.speaker), (None, None))

    def test_only_whole_words_are_found(self) -> None:
        with self.assertRaises(Fault):
            find(TEXT, "strike")
        with self.assertRaises(Fault):
            find(TEXT, "Iran#3")

    def test_faults_are_told(self) -> None:
        for line in [
            "ATTACK: strikes", "AGREE visit: strikes", "AGREE (future): strikes", "SAY: said < Iran",
            "ASSAULT: strikes < Oman < Iran", "ASSAULT (past): strikes", "ASSAULT strikes", "ASSAULT: strikes = port",
            "ASSAULT: strikes <  > port", "ASSAULT: ",
        ]:  # fmt: skip
            with self.subTest(line), self.assertRaises(Fault):
                parse_annotation(TEXT, line)


class Files(unittest.TestCase):
    def read(self, content: str) -> tuple[list, list[str]]:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "topic.txt"
            path.write_text(content, encoding="utf8")
            return read_file(path)

    def test_a_file_is_read(self) -> None:
        sentences, faults = self.read("# topic\n# split: dev\n\nChad left.\n  RETREAT: left < Chad\n\nIt rained.\n")
        self.assertEqual(faults, [])
        self.assertEqual([(s.text, s.line, s.split, len(s.events)) for s in sentences], [("Chad left.", 4, "dev", 1), ("It rained.", 7, "dev", 0)])

    def test_faults_name_file_and_line(self) -> None:
        _, faults = self.read("  AID: x\n# split: all\nChad = Mali.\n# split: train\nChad left.\n  AID: gone\n")
        self.assertEqual([fault.split(":")[1] for fault in faults], ["1", "2", "3", "6"])


if __name__ == "__main__":
    unittest.main()

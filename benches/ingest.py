"""Ingest of made-up articles beside bare coding of the same, then the same ingest again: `python3 ingest.py ENTENTE [N]`.

Prints articles a second and CPU-seconds of each, the peak memory of the ingest, and how many events each run wrote. Exit
code 1 when ingest is below 90 % of the coding speed, takes 600 MB or more, or the second run adds something or takes a
tenth of the first one's time or more.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from articles import articles


class Run(NamedTuple):
    """What a command took."""

    seconds: float
    cpu: float
    peak_mb: float
    messages: str


def run(arguments: list[str]) -> Run:
    """Runs a command in a process of its own, so that the peak is that of this command alone."""
    code = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)\n"
        "usage = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)\n"
        "sys.stderr.write(done.stderr)\n"
        "sys.exit(done.returncode)\n"
    )
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    seconds = time.perf_counter() - start
    cpu, peak = map(float, done.stdout.split())
    return Run(seconds, cpu, peak, done.stderr)


def added(messages: str) -> int:
    found = re.search(r"(\d+) added", messages)
    if not found:
        raise SystemExit(f"ingest said nothing of what it added: {messages}")
    return int(found.group(1))


def main() -> None:
    binary, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        path, ledger = Path(folder) / "articles.jsonl", Path(folder) / "ledger.entente"
        with path.open("w", encoding="utf8") as file:
            file.writelines(json.dumps(article) + "\n" for article in articles(count))
        coded = run([binary, "code", "--format", "jsonl", str(path)])
        ingest = [binary, "ingest", "--ledger", str(ledger), str(path)]
        first, again = run(ingest), run(ingest)
        size = sum(file.stat().st_size for file in Path(folder).glob("ledger.entente*")) / 1e6
    print(f"{count} articles")
    for name, measured in [("code", coded), ("ingest", first), ("ingest again", again)]:
        print(f"{name:13} {measured.seconds:7.1f} s  {measured.cpu:7.1f} CPU s  {measured.peak_mb:5.0f} MB peak")
    print(f"ingest has {coded.seconds / first.seconds:.1%} of the coding speed; the ledger has {size:.0f} MB")
    print(first.messages.strip())
    faults = [
        coded.seconds / first.seconds < 0.9,
        first.peak_mb >= 600,
        added(again.messages) != 0,
        again.seconds >= first.seconds / 10,
    ]
    sys.exit(int(any(faults)))


if __name__ == "__main__":
    main()

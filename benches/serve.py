"""The desk under load beside an ingest: `python3 serve.py ENTENTE LEDGER [SECONDS]`.

Copies the ledger, serves the copy on one core, has made-up articles ingested into it on the other, and asks 200 times a
second, in a fixed mix of questions, whether or not answers have come: a late answer delays no question, and counts from the
moment at which it was due. Prints the times of each kind of question in milliseconds. Exit code 1 when an answer is no
success or 99 in 100 do not come within 50 ms.

Every question about the whole ledger (axes, alignment, balance, surges, forecast, counts) is asked once before the clock starts:
the first answer to one takes as long as the command of that name, later ones are kept and renewed while the ledger grows.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from pathlib import Path
from typing import Callable, NamedTuple
from urllib.parse import quote

from articles import articles

RATE = 200
LIMIT = 0.050
ARTICLES = 20_000
SERVER_CORE, OTHER_CORE = 0, 1


class Known(NamedTuple):
    """What there is to ask for."""

    parties: list[str]
    events: list[str]
    documents: list[str]
    happenings: list[str]
    days: list[str]


def two(known: Known) -> tuple[str, str]:
    """Two parties; busy ones more often, as people ask."""
    busy = known.parties[: 4 + int(len(known.parties) * random.random() ** 3)]
    one, other = random.sample(busy, 2)
    return quote(one), quote(other)


def dyad(known: Known, path: str, names: tuple[str, str]) -> str:
    one, other = two(known)
    return f"{path}{names[0]}={one}&{names[1]}={other}"


TYPES = ["ASSAULT", "CONSULT", "ACCUSE", "AID", "SANCTION", "AGREE", "PROTEST", "THREATEN"]
WORDS = ["tanker", "missile", "embargo", "truce", "border", "serial77"]
DAYS = 8

# Kind, how many in a hundred, and the question.
MIX: list[tuple[str, int, Callable[[Known], str]]] = [
    ("events, newest", 8, lambda known: "/events"),
    ("events of a type", 6, lambda known: f"/events?type={random.choice(TYPES)}&limit=50"),
    ("events of a dyad", 8, lambda known: dyad(known, "/events?", ("party", "with"))),
    ("events of a month", 4, lambda known: "/events?from={0}-01&to={0}-28".format(random.choice(known.days)[:7])),
    ("events with a word", 3, lambda known: f"/events?text={random.choice(WORDS)}"),
    ("an event", 12, lambda known: f"/events/{random.choice(known.events)}"),
    ("a document", 12, lambda known: f"/documents/{random.choice(known.documents)}"),
    ("documents, newest", 4, lambda known: "/documents"),
    ("happenings, newest", 8, lambda known: "/happenings?limit=20"),
    ("a happening", 5, lambda known: f"/happenings/{random.choice(known.happenings)}"),
    ("statements of a party", 4, lambda known: f"/statements?speaker={two(known)[0]}"),
    ("people of a party", 3, lambda known: f"/people?code={two(known)[0]}"),
    ("a dyad over time", 8, lambda known: dyad(known, "/dyads?", ("a", "b"))),
    ("search", 3, lambda known: f"/search?q={random.choice(WORDS)}"),
    ("counts", 3, lambda known: "/stats"),
    ("parties", 2, lambda known: "/parties"),
    ("axes", 2, lambda known: f"/axes?on={random.choice(known.days)}"),
    ("alignment", 2, lambda known: f"/alignment?on={random.choice(known.days)}"),
    ("balance", 1, lambda known: f"/balance?on={random.choice(known.days)}"),
    ("surges", 1, lambda known: "/surges"),
    ("forecast", 1, lambda known: "/forecast"),
]


def get(base: str, path: str) -> dict:
    with urllib.request.urlopen(f"{base}/api/v1{path}", timeout=600) as answer:
        return json.load(answer)


def know(base: str) -> Known:
    """Asks what there is, and every question about the whole once."""
    parties = [item["party"] for item in get(base, "/parties")["items"]]
    events, happenings = get(base, "/events?limit=500")["items"], get(base, "/happenings?limit=100")["items"]
    for kind in TYPES:
        events += get(base, f"/events?type={kind}&limit=200")["items"]
    last = get(base, "/alignment")["day"]
    days = [f"{int(last[:4]) - back}{last[4:7]}-28" for back in range(1, DAYS + 1)]
    for path in ["/axes", "/alignment", "/balance"]:
        for day in days:
            get(base, f"{path}?on={day}")
    for path in ["/stats", "/surges", "/forecast"]:
        get(base, path)
    return Known(
        parties,
        [item["event"]["id"] for item in events],
        [item["event"]["document_id"] for item in events],
        [item["id"] for item in happenings],
        days,
    )


class Asker:
    """Connections that are kept open, more when all are busy."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def ask(self, path: str) -> int:
        """Asks, reads the whole answer and gives its status."""
        reader, writer = self.idle.pop() if self.idle else await asyncio.open_connection(self.host, self.port)
        head = f"GET /api/v1{path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nAccept-Encoding: gzip\r\n\r\n"
        writer.write(head.encode())
        told = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = re.search(r"content-length: (\d+)", told)
        if length:
            await reader.readexactly(int(length[1]))
        elif "transfer-encoding: chunked" in told:
            while size := int(await reader.readline(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()
        self.idle.append((reader, writer))
        return int(told.split()[1])


async def load(base: str, known: Known, seconds: int) -> dict[str, list[tuple[float, int]]]:
    """Seconds and status of every answer, by kind."""
    host, port = base.removeprefix("http://").split(":")
    asker, times = Asker(host, int(port)), defaultdict(list)
    weights = [weight for _, weight, _ in MIX]

    async def one(kind: str, path: str, due: float) -> None:
        status = await asker.ask(path)
        times[kind].append((time.perf_counter() - due, status))

    start, asked = time.perf_counter(), []
    for number in range(RATE * seconds):
        due = start + number / RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        kind, _, question = random.choices(MIX, weights)[0]
        asked.append(asyncio.create_task(one(kind, question(known), due)))
    await asyncio.gather(*asked)
    return times


def pinned(core: int) -> Callable[[], None]:
    return lambda: os.sched_setaffinity(0, {core})


def tell(times: dict[str, list[tuple[float, int]]]) -> bool:
    """Prints the table; whether all is as it should be."""
    print(f"{'question':24} {'asked':>7} {'median':>8} {'99 %':>8} {'worst':>8}")
    every = [answer for answers in times.values() for answer in answers]
    for kind, answers in [*((kind, times[kind]) for kind, _, _ in MIX if times[kind]), ("all", every)]:
        waits = sorted(wait * 1000 for wait, _ in answers)
        ninety_nine = waits[min(len(waits) - 1, len(waits) * 99 // 100)]
        print(f"{kind:24} {len(waits):7} {waits[len(waits) // 2]:8.1f} {ninety_nine:8.1f} {waits[-1]:8.1f}")
    failed = [status for _, status in every if status != 200]
    if failed:
        print(f"{len(failed)} answers were no success: {sorted(set(failed))}")
    return not failed and ninety_nine <= LIMIT * 1000


def peak_mb(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


def main() -> int:
    binary, ledger = sys.argv[1:3]
    seconds = int(sys.argv[3]) if len(sys.argv) > 3 else 60
    random.seed(1)
    with tempfile.TemporaryDirectory() as folder:
        copy, news = Path(folder) / "copy.entente", Path(folder) / "articles.jsonl"
        shutil.copyfile(ledger, copy)
        with news.open("w", encoding="utf8") as file:
            file.writelines(json.dumps(article) + "\n" for article in articles(ARTICLES))
        command = [binary, "serve", "--ledger", str(copy), "--listen", "127.0.0.1:0"]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=pinned(SERVER_CORE))
        running = [server]
        try:
            told = next(line for line in server.stderr if "open at" in line)
            base = re.search(r"http://[\d.:]+", told)[0]
            # What the log says further is of no interest, but must be read.
            running.append(subprocess.Popen(["cat"], stdin=server.stderr, stdout=subprocess.DEVNULL))
            known = know(base)
            before = get(base, "/events?limit=1")["total"]
            command = [binary, "ingest", "--ledger", str(copy), "--threads", "1", str(news)]
            ingest = subprocess.Popen(command, stderr=subprocess.DEVNULL, preexec_fn=pinned(OTHER_CORE))
            running.append(ingest)
            while get(base, "/events?limit=1")["total"] == before:
                time.sleep(0.5)
            os.sched_setaffinity(0, {OTHER_CORE})
            try:
                os.nice(-15)
            except PermissionError:
                print("not root: whoever asks shares a core with the ingest, and late questions count as late answers")
            is_good = tell(asyncio.run(load(base, known, seconds)))
            added = get(base, "/events?limit=1")["total"] - before
            print(f"{added} events were added to {before} meanwhile; the desk's peak memory is {peak_mb(server.pid):.0f} MB")
            if ingest.poll() is not None:
                print("the ingest ended before the measurement did")
                is_good = False
        finally:
            for process in reversed(running):
                process.terminate()
                process.wait()
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())

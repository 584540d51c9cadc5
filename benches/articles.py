"""Writes made-up news articles as JSON Lines: `python3 benches/articles.py 10000 > articles.jsonl`.

A year of acts between states, each told by one to six outlets within a few days in words of their own, some of them
copies of a wire story, with older acts of the same states as background. The same number gives the same articles.
"""

from __future__ import annotations

import datetime
import itertools
import json
import random
import sys
from typing import Iterator, NamedTuple

STATES = """Argentina/Argentine Australia/Australian Austria/Austrian Brazil/Brazilian Bulgaria/Bulgarian Canada/Canadian
Chad/Chadian Chile/Chilean China/Chinese Colombia/Colombian Denmark/Danish Egypt/Egyptian Ethiopia/Ethiopian Finland/Finnish
France/French Germany/German Ghana/Ghanaian Greece/Greek India/Indian Indonesia/Indonesian Iran/Iranian Iraq/Iraqi
Israel/Israeli Italy/Italian Japan/Japanese Jordan/Jordanian Kenya/Kenyan Libya/Libyan Mali/Malian Mexico/Mexican
Morocco/Moroccan Nigeria/Nigerian Norway/Norwegian Pakistan/Pakistani Peru/Peruvian Poland/Polish Qatar/Qatari
Romania/Romanian Russia/Russian Serbia/Serbian Sudan/Sudanese Sweden/Swedish Syria/Syrian Turkey/Turkish
Uganda/Ugandan Ukraine/Ukrainian Venezuela/Venezuelan Vietnam/Vietnamese Yemen/Yemeni Zambia/Zambian""".split()

OUTLETS = [
    f"{place} {kind}"
    for place, kind in itertools.product(
        ["Harbour", "Northern", "Morning", "Delta", "Highland", "Capital", "Lake", "Evening"],
        ["Gazette", "Wire", "Courier", "Monitor", "Herald"],
    )
]

# Each line is one kind of act in several wordings: {a} the actor, {aa} its adjective, {b} and {bb} the other side, {p} a
# place, {n} a number, {d} the day ("on Tuesday"), {t} the thing it is about.
ACTS = """
{a} condemned {b} {d} over {t}.|The {aa} foreign ministry denounced {t} of {b} {d}.|{a} on Monday called {t} of {b} unacceptable.
{aa} troops shelled {p} {d}, killing {n} people, {bb} officials said.|At least {n} people died when {aa} artillery struck the {bb} town of {p} {d}.|The {aa} army bombarded {p} in {b} {d}.
{a} imposed sanctions on {n} {bb} companies {d} over {t}.|{aa} sanctions hit {n} firms of {b} after {t}, the treasury said.|The {aa} government blacklisted {n} {bb} companies {d}.
The foreign ministers of {a} and {b} met in {p} {d} to discuss {t}.|{aa} and {bb} diplomats held talks on {t} in {p} {d}.|{a} and {b} discussed {t} at a meeting in {p}.
{a} pledged {n} million dollars of aid to {b} {d}.|The {aa} government promised {b} {n} million dollars after {t}.|{b} will receive {n} million dollars from {a}, the {aa} president announced {d}.
{a} expelled {n} {bb} diplomats {d} over {t}.|{n} diplomats of {b} were ordered to leave {a} {d}.|The {aa} government told {n} {bb} envoys to leave.
{a} demanded {d} that {b} end {t}.|The {aa} president urged {b} to put an end to {t}.|{a} called on {b} {d} to stop {t}.
{a} and {b} signed an agreement on {t} in {p} {d}.|The {aa} and {bb} presidents concluded an accord on {t}.|A treaty on {t} was signed by {a} and {b} {d}.
{a} threatened to close its border with {b} unless {t} ended.|The {aa} interior minister warned {b} {d} that the border would be shut over {t}.|{a} said it would close the frontier if {b} went on with {t}.
{a} moved {n} hundred soldiers to {p} on the border with {b} {d}.|{aa} forces deployed {n} tanks near the {bb} border at {p}.|The {aa} army sent {n} hundred troops to {p} {d}.
{a} rejected a {bb} proposal on {t} {d}.|The {aa} government turned down the plan of {b} for {t}.|{a} refused {d} to talk with {b} about {t}.
{aa} police arrested {n} {bb} citizens in {p} {d}.|{n} people from {b} were detained in {p} by {aa} police.|Police in the {aa} city of {p} took {n} {bb} nationals into custody {d}.
{a} withdrew its troops from {p} in {b} {d}.|{aa} soldiers left the {bb} town of {p} {d}.|The last {n} {aa} soldiers pulled out of {p}.
{a} accused {b} {d} of {t}.|The {aa} defence minister blamed {b} for {t}.|{b} was behind {t}, the {aa} government alleged {d}.
Thousands marched in {p} in {a} {d} against {t} of {b}.|Protesters gathered outside the {bb} embassy in {p} {d}.|{n} thousand people demonstrated in the {aa} city of {p} over {t}.
{a} sent {n} tons of food to {b} {d} after floods in {p}.|{aa} planes brought {n} tons of relief goods to {p} in {b}.|A convoy from {a} reached {p} with {n} tons of food {d}.
"""

THINGS = """the seizure of a trawler|fishing quotas|a new dam|the arrest of a journalist|cross-border raids|gas transit|the shooting
down of a drone|visa rules|a tariff on steel|arms deliveries|a disputed islet|water rights|the trial of an engineer|cable cuts|the
use of its airspace|grain exports|a naval drill|a spy case|the closure of a consulate|debt repayment|mine clearance|a prisoner
exchange|the return of refugees|a pipeline|a maritime border"""

BACKGROUND = [
    'A spokesman in {p} said the government would "not be moved by pressure".',
    "Analysts expect the quarrel to last.",
    "Neither side gave details.",
    "The two countries share a border of {n} hundred kilometres.",
    "Prices in {p} rose again this week.",
    '"We want good relations with everyone," the {aa} foreign minister told reporters.',
    "Schools in {p} remained open.",
    "The {bb} opposition asked for a debate in parliament.",
    "Lorries queued for {n} kilometres at the crossing near {p}.",
    "Officials in {b} did not comment.",
    "The harbour of {p} handles {n} ships a day.",
    "Talks between the two had broken down in the spring.",
]
SYLLABLES = "ka ro mi ta bel dor na shi vo lem ur sal gan te pir zu mar ne lo hak ri san dre bo li".split()


class Act(NamedTuple):
    """Something that one state did to another."""

    wordings: list[str]
    day: datetime.date
    values: dict[str, str]


def place(random_: random.Random) -> str:
    return "".join(random_.sample(SYLLABLES, 3)).capitalize()


def make_act(random_: random.Random, day: datetime.date) -> Act:
    things = [" ".join(thing.split()) for thing in THINGS.split("|")]
    one, other = (state.split("/") for state in random_.sample(STATES, 2))
    values = {
        "a": one[0], "aa": one[1], "b": other[0], "bb": other[1], "p": place(random_), "t": random_.choice(things),
        "n": str(random_.randint(3, 90)), "d": "on " + day.strftime("%A"),
    }  # fmt: skip
    return Act(random_.choice(ACTS.strip().splitlines()).split("|"), day, values)


def sentence(wording: str, values: dict[str, str]) -> str:
    text = wording.format(**values)
    return text[0].upper() + text[1:]


def body(random_: random.Random, act: Act, wording: str, earlier: list[Act]) -> str:
    sentences = [sentence(wording, act.values)]
    sentences.extend(sentence(line, act.values) for line in random_.sample(BACKGROUND, 6))
    for before in random_.sample(earlier, min(3, len(earlier))):
        day = before.day.strftime("on %B %-d")
        sentences.append(sentence(random_.choice(before.wordings), {**before.values, "d": day}))
    sentences.extend(sentence(line, {**act.values, "p": place(random_)}) for line in random_.sample(BACKGROUND, 6))
    paragraphs = (sentences[start : start + 3] for start in range(0, len(sentences), 3))
    return "\n".join(" ".join(paragraph) for paragraph in paragraphs)


def articles(count: int) -> Iterator[dict[str, str]]:
    random_ = random.Random(2024)
    acts: list[Act] = []
    written = 0
    acts_a_day = max(1, count // (365 * 3))
    for number in itertools.count():
        day = datetime.date(2024, 1, 1) + datetime.timedelta(days=number // acts_a_day % 365)
        act = make_act(random_, day)
        acts.append(act)
        wire = None
        for telling, outlet in enumerate(random_.sample(OUTLETS, random_.randint(1, 6))):
            wording = random_.choice(act.wordings)
            text = body(random_, act, wording, acts[-40:-1])
            title = sentence(wording, act.values).split(",")[0].rstrip(".")
            if wire and random_.random() < 0.2:
                title, text = wire[0], wire[1].rsplit("\n", 1)[0]
            wire = wire or (title, text)
            published = day + datetime.timedelta(days=random_.choice([0, 0, 1, 1, 2]))
            yield {
                "id": f"{number:06}-{telling}", "title": title, "text": f"{title}\n{text}",
                "published": published.isoformat(), "publication": outlet,
            }  # fmt: skip
            written += 1
            if written == count:
                return


if __name__ == "__main__":
    for article in articles(int(sys.argv[1])):
        print(json.dumps(article, ensure_ascii=False))

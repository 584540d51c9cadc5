"""Lemma scripts: a lemma as a short edit of the word form.

A script is a text of one to three fields separated by one space::

    CASING [-N] [+SUFFIX]        edit the form
    =LEMMA                       the lemma is LEMMA, whatever the form

CASING is applied to the form first: `lower` (all lower case), `keep` (as it stands), `cap` (first
code point upper case, the others lower), `upper` (all upper case). Then the last N code points go
and SUFFIX is appended. README.md has examples.
"""

from __future__ import annotations

CASINGS = ("lower", "keep", "cap", "upper")


def cased(form: str, casing: str) -> str:
    """The form under one of CASINGS."""
    if casing == "lower":
        return form.lower()
    if casing == "upper":
        return form.upper()
    if casing == "cap":
        return form[:1].upper() + form[1:].lower()
    return form


def shared_prefix(left: str, right: str) -> int:
    """Number of leading code points that two texts share."""
    length = 0
    for a, b in zip(left, right):
        if a != b:
            break
        length += 1
    return length


def make_script(form: str, lemma: str) -> str:
    """The script that turns the form into the lemma; the casing that needs the smallest edit wins."""
    best: tuple[int, int, str] | None = None
    candidates = ("lower",) if lemma == lemma.lower() else ("keep", "cap", "upper")
    for preference, casing in enumerate(candidates):
        base = cased(form, casing)
        shared = shared_prefix(base, lemma)
        if shared == 0:
            continue
        removed, suffix = len(base) - shared, lemma[shared:]
        script = casing + (f" -{removed}" if removed else "") + (f" +{suffix}" if suffix else "")
        cost = removed + len(suffix)
        if best is None or (cost, preference) < best[:2]:
            best = (cost, preference, script)
    return best[2] if best else f"={lemma}"


def apply_script(script: str, form: str) -> str:
    """The lemma of the form under the script. A script that would eat the whole form leaves it lower-cased."""
    if script.startswith("="):
        return script[1:]
    casing, *edits = script.split(" ")
    lemma = cased(form, casing)
    for edit in edits:
        if edit[0] == "-":
            removed = int(edit[1:])
            if removed >= len(lemma):
                return form.lower()
            lemma = lemma[:-removed]
        else:
            lemma += edit[1:]
    return lemma

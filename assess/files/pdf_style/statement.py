"""What a sealed document states of itself in its own data, below the seal: what it is, and the digests it prints.

People read the digests on paper; programs read them here. Both are covered by the seal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import quote, unquote

from assess.core.scorecard.content import DocumentHead
from assess.core.seals.kinds import DocumentKind
from assess.core.text import Language

NAME: Final = "assess-sealed"
STATED: Final = re.compile(rb"/Keywords \(((?:[!-'*-\[\]-~ ]|\\[0-7]{3})+)\)")
"""A card writes the characters as they are, a book all that are neither letters nor digits as three octal digits."""
OCTAL: Final = re.compile(rb"\\([0-7]{3})")


def statement(head: DocumentHead, kind: DocumentKind, unit: str, language: Language) -> str:
    """What a document states, as its keywords; nothing where it is not sealed.

    Args:
        head: with the digests and the seal.
        kind: card or book.
        unit: the code of the unit of a card; empty for a book.
        language: which the document is written in.
    """
    sealing = head.sealing
    if sealing is None:
        return ""
    facts = facts_of(
        kind, unit, language, edition=sealing.edition, run=sealing.run,
        rules=head.rule_digest, inputs=head.input_digest, log=sealing.log_head,
    )  # fmt: skip
    return " ".join((NAME, *(f"{name}={quote(text, safe=':')}" for name, text in facts.items())))


def facts_of(
    kind: DocumentKind, unit: str, language: str, *, edition: int, run: int, rules: str, inputs: str, log: str
) -> dict[str, str]:
    """The facts by name."""
    return {
        "edition": str(edition), "run": str(run), "kind": kind.value, "unit": unit, "language": language,
        "rules": rules, "inputs": inputs, "log": log,
    }  # fmt: skip


def stated_in(data: bytes) -> Mapping[str, str]:
    """The facts that a document states; none where it states nothing.

    Worth as much as the seal that covers them: ask `check_seal` first.
    """
    found = STATED.search(data)
    if found is None:
        return {}
    name, *pairs = OCTAL.sub(lambda code: bytes([int(code[1], 8) & 255]), found[1]).decode("latin-1").split(" ")
    facts = (pair.partition("=") for pair in pairs)
    return {fact: unquote(text) for fact, _, text in facts} if name == NAME else {}

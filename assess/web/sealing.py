"""What a page hands to a form and takes back: sealed, so that nobody can hand in anything else."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any, Final

from flask import current_app

SIZE: Final = 32


def sealed(subject: str, facts: list[Any]) -> str:
    """Plain facts as one word that only this service can make, for one use."""
    told = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(seal_of(subject, told) + told).decode().rstrip("=")


def unsealed(subject: str, word: str) -> list[Any] | None:
    """The facts of a word that was sealed for this use; None for any other word."""
    try:
        data = base64.urlsafe_b64decode(word.encode("ascii") + b"=" * (-len(word) % 4))
    except (binascii.Error, ValueError):
        return None
    seal, told = data[:SIZE], data[SIZE:]
    if not hmac.compare_digest(seal, seal_of(subject, told)):
        return None
    facts: list[Any] = json.loads(told)
    return facts


def seal_of(subject: str, told: bytes) -> bytes:
    """The seal of facts for one use."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, subject.encode() + b"\0" + told, hashlib.sha256).digest()

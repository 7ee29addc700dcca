"""Values that a page hands to a form and takes back: signed, so that nobody can hand in anything else."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer


def sign_values(use: str, values: list[Any]) -> str:
    """Plain values as text that only this service can make, for one use."""
    return str(serializer(use).dumps(values))


def read_signed_values(use: str, text: str) -> list[Any] | None:
    """The values of a text that was signed for this use; None for any other text."""
    try:
        values: list[Any] = serializer(use).loads(text)
    except BadData:
        return None
    return values


def serializer(use: str) -> URLSafeSerializer:
    """Signs with the key of the service; a text signed for one use is void for another."""
    key = str(current_app.config["SECRET_KEY"])
    return URLSafeSerializer(key, salt=use, signer_kwargs={"digest_method": hashlib.sha256})

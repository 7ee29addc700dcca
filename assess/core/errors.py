"""The four ways in which an act is turned down; a door makes an answer of each once."""

from __future__ import annotations

from collections.abc import Mapping

from assess.core.text import Text


class Declined(Exception):
    """An act that is not done: what is wrong and what to do, in both languages.

    Attributes:
        fields: the same by the name of the form field it belongs to, where it belongs to one.
    """

    def __init__(self, what: Text, fields: Mapping[str, Text] | None = None) -> None:
        super().__init__(what.en)
        self.what = what
        self.fields = dict(fields or {})


class Refused(Declined):
    """The rules of the house or the state of the work do not allow it."""


class NotAllowed(Declined):
    """This person may not do it."""


class NotFound(Declined):
    """There is no such thing, or none that this person may see."""


class Stale(Declined):
    """Somebody else changed the same thing meanwhile."""

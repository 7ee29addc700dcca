"""The ranked book of a run, made again from its frozen inputs by whoever knows nothing but where these lie."""

from __future__ import annotations

from pathlib import Path

from assess.core.explanations.lines import ResultLines
from assess.core.scorecard.book import BookMaker
from assess.core.scorecard.content import Book, Notice, Sealing
from assess.core.scoring.run import score
from assess.files.frozen_inputs import read_frozen


class OtherResult(Exception):
    """The frozen inputs are not those that were meant."""


def replayed_book(path: Path, digest: str, sealing: Sealing | None = None, notice: Notice | None = None) -> Book:
    """The book of the inputs in a file, of whose cards each is made when it is asked for.

    Raises:
        ValidationError: the inputs are damaged.
        OtherResult: their digest is another one.
    """
    results = score(read_frozen(path.read_bytes()))
    if results.inputs.digest != digest:
        raise OtherResult(f"{path}: the digest of the inputs is {results.inputs.digest}, not {digest}")
    return BookMaker(ResultLines(results), sealing, notice).book()

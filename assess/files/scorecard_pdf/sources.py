"""The figures of a card and where each came from, told briefly: the periods of one figure stand together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from assess.core.scorecard.content import Evidence, Scorecard
from assess.files.pdf_style.setting import Typesetter
from assess.files.scorecard_pdf import words


def usual_file(evidence: Sequence[Evidence]) -> str | None:
    """The file that most figures came from, where it served several; it need not be named again and again."""
    split_places = (split(place) for entry in evidence for place in entry.source.split(", "))
    files = Counter(file for file, place in split_places if place)
    [(file, count)] = files.most_common(1) or [("", 0)]
    return file if count > 1 else None


def split(source: str) -> tuple[str, str]:
    """The file of a source and the place in it."""
    file, _, place = source.partition(":")
    return file, place


def told_together(card: Scorecard, setter: Typesetter, file: str | None) -> list[tuple[str, str]]:
    """For each figure the numbers of its entries and one text: title, periods with values, sources."""
    return [
        (numbers_of(entries), told(entries, str(card.head.year), setter, file))
        for entries in (list(group) for _, group in groupby(card.evidence, key=lambda entry: entry.figure))
    ]


def numbers_of(entries: Sequence[Evidence]) -> str:
    """The first and last number of entries in a row."""
    return str(entries[0].number) if len(entries) == 1 else f"{entries[0].number}–{entries[-1].number}"


def told(entries: Sequence[Evidence], year: str, setter: Typesetter, file: str | None) -> str:
    """Title, periods with values and sources; the year itself is no news."""
    say = setter.say
    values = (f"{entry.period}\xa0" * (entry.period != year) + say(entry.value) for entry in entries)
    sources = places(dict.fromkeys(place for entry in entries for place in entry.source.split(", ")), file)
    return say(words.DATA_ONE, figure=entries[0].figure, values=say(words.BETWEEN).join(values), sources=sources)


def places(sources: Iterable[str], file: str | None) -> str:
    """The places, each file named once and the usual one not at all."""
    by_file = groupby(map(split, sources), key=lambda source: source[0])
    told = ((name, ", ".join(place for _, place in group)) for name, group in by_file)
    return "; ".join(place if name == file and place else f"{name}:{place}".rstrip(":") for name, place in told)

"""The headroom of items as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from json.encoder import encode_basestring as quote

from assess.core.headroom.making import FigureHeadroom, Gain
from assess.core.kinds import Digits
from assess.core.scoring.results import printed_digits


def headroom_texts(headroom: Sequence[FigureHeadroom], digits: Digits, size: int) -> list[str]:
    """For every unit the headroom of an item, after a comma; empty where the item is not scored.

    Args:
        headroom: of the item, figure by figure; none where the item has none.
        digits: those that the score of the item is rounded to.
        size: how many units there are.
    """
    if not headroom:
        return [""] * size
    figures = [figure_texts(each, digits) for each in headroom]
    scored = headroom[0].value.present.tolist()
    return [
        f', "headroom": [{", ".join(texts[unit] for texts in figures)}]' if scored[unit] else "" for unit in range(size)
    ]


def figure_texts(headroom: FigureHeadroom, digits: Digits) -> list[str]:
    """For every unit the headroom by one figure."""
    nearest, full = (gain_texts(gain, headroom, digits) for gain in (headroom.next, headroom.full))
    return [
        f'{{"figure": {quote(headroom.figure)}, "value": "{value}", "next": {one}, "full": {other}}}'
        for value, one, other in zip(headroom.value.texts(), nearest, full, strict=True)
    ]


def gain_texts(gain: Gain, headroom: FigureHeadroom, digits: Digits) -> list[str]:
    """For every unit a value that gains points, or `null`."""
    columns = (
        gain.to.printed(headroom.digits), (gain.to - headroom.value).texts(),
        gain.score.printed(printed_digits(digits)), remaining_texts(gain, headroom),
    )  # fmt: skip
    return [
        "null" if to is None else f'{{"to": "{to}", "change": "{change}", "score": "{score}"{rest}}}'
        for to, change, score, rest in zip(*columns, strict=True)
    ]


def remaining_texts(gain: Gain, headroom: FigureHeadroom) -> list[str]:
    """For every unit what its other periods must come to, after a comma; empty where none is left."""
    if gain.remaining is None:
        return [""] * len(gain.to)
    periods, mean = gain.remaining
    return [
        "" if needed is None else f', "remaining": {{"periods": {left}, "mean": "{needed}"}}'
        for left, needed in zip(periods.texts(), mean.printed(headroom.digits), strict=True)
    ]

"""Hand-overs made by hand, with every oddity that a year may bring."""

from __future__ import annotations

from typing import Any

from assess.core.handover.content import (
    FORMAT,
    Converting,
    Day,
    Digest,
    HandedMember,
    HandedRanking,
    HandedStanding,
    HandedUnit,
    Handover,
    HandoverAdjustment,
    Moment,
    Points,
    Result,
    Rules,
    SealedFile,
)
from assess.core.handover.differences import differences
from assess.core.text import Text

A, B = "110105001", "110105002"
NAMES = {A: Text("建外街道", "Jianwai Subdistrict"), B: Text("=朝外街道", "=Chaowai Subdistrict")}
URBAN = Text("城区街道", "Urban streets")
EXCELLENT, GOOD = Text("优秀", "Excellent"), Text("良好", "Good")
CAPPED = HandoverAdjustment(
    "late", Text("迟报", "Late reports"), "grade-cap", "9", Text("等次不高于良好", "no better grade than Good")
)
POSTS = {"head": Text("主任", "Head"), "secretary": Text("书记", "Secretary")}


def a_unit(code: str = A, **given: Any) -> HandedUnit:
    """A unit that was scored."""
    known = {
        "code": code, "name": NAMES[code], "group": "urban", "group_title": URBAN, "state": "scored",
        "total": Points("93.50"), "rank": Points("1"), "of": 2, "grade": "excellent", "grade_title": EXCELLENT,
        "converted": Points("9.35"), "adjustments": (),
    }  # fmt: skip
    return HandedUnit(**{**known, **given})


def a_member(unit: str = A, post: str = "head", name: str = "王建国", **given: Any) -> HandedMember:
    """Somebody who held a post all year."""
    known = {
        "first": Day("2026-01-01"), "last": Day("2026-12-31"), "days": 365, "of_days": 365, "points": Points("9.35"),
    }  # fmt: skip
    return HandedMember(unit, post, POSTS[post], name, **{**known, **given})


MONEY = HandedRanking(
    "money", Text("奖励金", "Award"), Text("元", "yuan"),
    (HandedStanding(A, Points("30.00"), Points("1"), 1, GOOD), HandedStanding(B, None, None, None, None)),
)  # fmt: skip


def a_handover(*, after: Handover | None = None, **given: Any) -> Handover:
    """A first hand-over, or one that corrects another."""
    number = 1 if after is None else after.number + 1
    made = Handover(**{**known_of(number), "replaces": None if after is None else after.number, **given})
    return made if after is None else made._replace(changes=differences(after, made))


def known_of(number: int) -> dict[str, Any]:
    """The parts of a hand-over unless a test says otherwise."""
    sha256, inputs = Digest("0" * 64), Digest("sha256:" + "0" * 64)
    return {
        "format": FORMAT, "year": 2026, "title": Text("2026年考核", "Assessment of 2026"), "demonstration": True,
        "number": number, "replaces": None, "reasons": (), "handed_over_at": Moment("2027-01-15T02:00:00Z"),
        "handed_over_by": "王小明",
        "rules": Rules("sheet", Text("评分表", "Rule sheet"), 1, inputs, "demonstration"),
        "converting": Converting("share", Points("10")),
        "result": Result(number, Moment("2027-01-14T02:00:00Z"), number, "1.0", inputs, sha256, sha256),
        "units": (a_unit(), a_unit(B, total=Points("88.00"), rank=Points("2"), grade="good", grade_title=GOOD,
                                   converted=Points("8.80"), adjustments=(CAPPED,))),
        "members": (a_member(), a_member(B, name="=1+1", points=Points("8.80"))),
        "changes": (),
        "documents": tuple(
            SealedFile("card" if unit else "book", unit, language, f"{unit or 'BOOK'}-{language}", sha256)
            for unit in ("", A, B) for language in ("zh", "en")
        ),
    }  # fmt: skip

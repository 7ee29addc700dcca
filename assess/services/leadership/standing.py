"""What a result in view is worth, as documents of it state it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from assess.core.briefs import BriefStanding
from assess.core.calendar import BEIJING
from assess.core.downloads import FileFormat, named
from assess.core.runs.kinds import RunStanding
from assess.core.scorecard.content import DocumentHead, Notice
from assess.core.scorecard.result_tables import marks_of
from assess.core.text import Language, Text
from assess.services.leadership.seeing import View

INTERIM: Final = Text("阶段排名，第{run}次计分", "interim, run {run}")
INTERIM_MARK: Final = Text("阶段排名 · 不是年度结果", "Interim – not the result of the year")
INTERIM_STANDING: Final = Text("阶段排名，截至{day}，不是年度结果", "Interim as of {day}, not the result of the year")
PROVISIONAL: Final = Text(
    "公示稿（{at}发布），非最终结果", "Provisional (released {at}), not final"
)  # fmt: skip
FINAL: Final = Text("定稿（{at}发布）", "Final (released {at})")
FINAL_NAME: Final = Text("定稿", "final")
PROVISIONAL_NAME: Final = Text("公示稿，第{run}次计分", "provisional, run {run}")


def head_of(view: View, head: DocumentHead) -> DocumentHead:
    """What the page states of its run; provisional as long as the result is."""
    if view.release is None or view.release.standing is RunStanding.FINAL:
        return head
    return replace(head, notice=Notice(view.run.number, released_at(view)))


def standing_of(view: View) -> BriefStanding:
    """What the result in view is worth."""
    if view.release is None:
        return BriefStanding(INTERIM_STANDING.format(day=view.run.day.isoformat()), INTERIM_MARK)
    words = FINAL if view.release.standing is RunStanding.FINAL else PROVISIONAL
    return BriefStanding(words.format(at=released_at(view)), None)


def released_at(view: View) -> str:
    """When the result in view was released."""
    assert view.release is not None
    return f"{view.release.at.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def marks_in(view: View, head: DocumentHead) -> list[Text]:
    """What every reader of a table must see: demonstration or draft, provisional or interim."""
    mark = standing_of(view).mark
    return [*marks_of(head_of(view, head)), *([mark] if mark else [])]


def file_name(what: Text, view: View, year: int, language: Language, of: FileFormat) -> str:
    """What the file is called when it is saved."""
    if view.release is None:
        standing = INTERIM.format(run=view.run.number)
    elif view.release.standing is RunStanding.FINAL:
        standing = FINAL_NAME
    else:
        standing = PROVISIONAL_NAME.format(run=view.run.number)
    return named(what, language, year=year, standing=standing, ending=of.ending)

"""How complete a year is, and the reminders that the office sends."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from assess.core.actors import Actor, Right
from assess.core.completeness import Demands, Entered, Matrix, demands_of, matrix_of
from assess.core.errors import Refused
from assess.core.rules.figure import BY_UNIT
from assess.core.text import Text
from assess.services import audit
from assess.services.mail import MailServer, ask_mails
from assess.services.years import Year, exemptions_of, year_of
from assess.store.cache import cached
from assess.store.models import Reminder
from assess.store.queries import completeness as queries
from assess.store.queries.completeness import ReminderRow
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session, flush

MAX_MESSAGE_LENGTH: Final = 1000
NOBODY: Final = Text("请至少选择一个单位。", "Select at least one unit.")
NO_WORDS: Final = Text("请填写提醒内容。", "Enter the reminder.")
TOO_LONG: Final = Text("最多{most}字。", "Enter {most} characters or fewer.")
STRANGER: Final = Text("所选单位不在本年度名单中。", "A selected unit is not in the list of this year.")
SUBJECT: Final = Text(
    "{year}年度街乡生态环境保护考核填报提醒",
    "Environmental assessment of streets and townships {year}: reminder to submit",
)


@dataclass(frozen=True)
class Completeness:
    """What the office sees: what is asked, how far it is, and who was reminded."""

    year: Year
    demands: Demands
    matrix: Matrix
    reminded: dict[str, ReminderRow]


def completeness_of(
    session: Session, cycle: CycleRow, *, supplier: str = BY_UNIT, section: str | None = None
) -> Completeness:
    """The matrix of the figures of one supplier, the units themselves or a department, in one section or all.

    7 queries, and more only where the year itself changed. A supplier or section that there is not shows no figure.
    """
    year = year_of(session, cycle)
    exemptions = exemptions_of(session, year)
    key = (
        "demands",
        year.digest,
        year.units.codes,
        repr(exemptions.canonical()),
        repr(year.units.canonical()),
        year.object_list,
    )
    demands = cached(session, key, lambda: demands_of(year.sheet, year.units, exemptions, year.objects))
    shown = frozenset(
        asked.figure for asked in demands.asked if asked.supplier == supplier and section in (None, asked.section)
    )
    matrix = matrix_of(demands, year.units, entered_in(session, cycle, supplier, shown), shown)
    return Completeness(year, demands, matrix, queries.last_reminders(session, cycle=cycle.id))


def entered_in(
    session: Session, cycle: CycleRow, supplier: str, figures: Collection[str] | None = None
) -> dict[tuple[str, str], Entered]:
    """What there is of figures, of all unless some are named, by unit and figure; drafts where units report.

    2 queries.
    """
    drafted: dict[tuple[str, str], int] = {}
    if supplier == BY_UNIT:
        drafted = {(unit, figure): count for unit, figure, count in queries.draft_counts(session, cycle=cycle.id)}
    found = {key: Entered(drafted=count) for key, count in drafted.items()}
    for row in queries.value_counts(session, cycle=cycle.id, year=cycle.year, figures=figures):
        key = (row.unit, row.figure)
        found[key] = Entered(row.reported, row.returned, row.certified, drafted.get(key, 0), row.whole_year)
    return found


def remind(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    units: Collection[str],
    words: str,
    server: MailServer | None,
    now: datetime,
) -> int:
    """Remind units of what is due, on their page and, where there is a mail server, by mail; gives the mails asked for.

    Raises:
        NotAllowed: the actor is not of the office.
        Refused: no unit or no words, too many of them, or a unit of another year.
    """
    actor.check_may(Right.ADMINISTER)
    chosen = dict.fromkeys(units)
    if not chosen:
        raise Refused(NOBODY)
    if not words.strip():
        raise Refused(NO_WORDS, {"words": NO_WORDS})
    if len(words) > MAX_MESSAGE_LENGTH:
        raise Refused(TOO_LONG.format(most=MAX_MESSAGE_LENGTH), {"words": TOO_LONG.format(most=MAX_MESSAGE_LENGTH)})
    if not chosen.keys() <= year_of(session, cycle).units.places.keys():
        raise Refused(STRANGER)
    for unit in chosen:
        session.add(Reminder(cycle_id=cycle.id, unit=unit, words=words, sent_by=actor.account, sent_at=now))
    flush(session)
    audit.record(
        session,
        actor,
        subject=f"cycle:{cycle.year}",
        action="reminded",
        new={"units": sorted(chosen), "words": words},
        now=now,
    )
    people = queries.officials_of(session, frozenset(chosen))
    subject = SUBJECT.format(year=cycle.year)
    return len(ask_mails(session, actor, server=server, to=people, subject=subject, words=Text.same(words), now=now))

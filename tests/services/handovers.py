"""A sealed year and its hand-overs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assess.core.actors import Actor
from assess.core.handover.content import Handover
from assess.core.seals.check_codes import check_code
from assess.services import handover
from assess.services.handover import HandoverPage, Receipt
from assess.services.handover.making import keep_handover
from assess.store.models import Seal, SealedDocument, SealOrder, TeamMember
from assess.store.queries.runs import RunRow, results_of
from assess.store.queries.seals import log_head, seals_of
from assess.store.session import Database
from assess.store.upload_records import record_created_file
from assess.store.uploads import keep_bytes
from tests.services.forms import year_2026
from tests.services.runs import a_run, change, newest
from tests.services.seals import ADDRESS, a_final_year
from tests.years import CHAOWAI, JIANWAI, NOW

TEAMS = ((JIANWAI, "secretary", "王建国"), (JIANWAI, "head", "=1+1"), (CHAOWAI, "secretary", "李明"))


def a_sealed_year(database: Database, folder: Path, units: int = 2) -> dict[str, Actor]:
    """A year whose first edition is sealed, some of whose posts have holders; its people. The database is empty."""
    people = a_final_year(database, folder, units=units)
    name_members(database, *TEAMS)
    seal(database, people["office"], newest(database), folder)
    return people


def seal(database: Database, office: Actor, run: RunRow, folder: Path, reason: str = "") -> None:
    """A further edition of the year, whose documents are none: that real ones are sealed is tried elsewhere."""
    with database.writing() as session:
        edition = 1 + len(seals_of(session, cycle=run.cycle))
        order = SealOrder(
            cycle_id=run.cycle, run_id=run.id, edition=edition, replaces=edition - 1 or None, reason=reason,
            chance="0" * 64, log_head=log_head(session), address=ADDRESS, asked_by=office.account, asked_at=NOW,
        )  # fmt: skip
        session.add(order)
        session.flush()
        made = Seal(cycle_id=run.cycle, edition=edition, order_id=order.id, run_id=run.id, certificates="", kept_at=NOW)
        kept = keep_bytes(folder, b"%PDF-1.7 sealed")
        record_created_file(
            session, sha256=kept, size=15, kind="sealed-document", file_name="a.pdf", account=0, now=NOW
        )
        session.add(made)
        session.flush()
        for unit in ("", *(row.unit for row in results_of(session, run=run.id))):
            for language in ("zh", "en"):
                code, kind = check_code(b"", str(edition), unit, language), "card" if unit else "book"
                session.add(
                    SealedDocument(
                        seal_id=made.id, kind=kind, unit=unit, language=language, sha256=kept, size=15, code=code
                    )
                )


def name_members(database: Database, *members: Sequence[str]) -> None:
    """Enter people into teams."""
    with database.writing() as session:
        cycle = year_2026(session).id
        session.add_all(TeamMember(cycle_id=cycle, unit=unit, post=post, name=name) for unit, post, name in members)


def seal_a_correction(database: Database, office: Actor, folder: Path, reason: str) -> None:
    """A further edition, in which a figure of one street is another."""
    with database.writing() as session:
        change(session, JIANWAI, "pm25", "2026-01", "12.5")
    seal(database, office, a_run(database, office, folder), folder, reason)


def hand(database: Database, actor: Actor, folder: Path, **given: Any) -> int:
    """Hand over what is seen now, unless a test says otherwise."""
    with database.reading() as session:
        about = {"cycle": year_2026(session), "folder": folder, "now": NOW}
        prepared = handover.prepare(session, actor, **about) if "seen" not in given else None
        seen = given.pop("seen", prepared.mark if prepared else "")
    with database.writing() as session:
        return handover.hand_over(session, actor, seen=seen, **about, **given)


def page_of(database: Database, actor: Actor, folder: Path, number: int = 1) -> HandoverPage:
    """A hand-over as somebody sees it."""
    with database.reading() as session:
        return handover.handover_page(session, actor, cycle=year_2026(session), number=number, folder=folder)


def handed(database: Database, actor: Actor, folder: Path, number: int = 1) -> Handover:
    """What was handed over."""
    return page_of(database, actor, folder, number).handover


def acknowledge(database: Database, actor: Actor, number: int = 1) -> Receipt:
    """Acknowledge a hand-over in a transaction of its own."""
    with database.writing() as session:
        return handover.acknowledge(session, actor, cycle=year_2026(session), number=number, now=NOW)


def hand_at_any_stage(database: Database, office: Actor, folder: Path) -> None:
    """Hand the sealed edition over, whatever stage the year is at."""
    with database.writing() as session:
        about = {"cycle": year_2026(session), "folder": folder, "now": NOW}
        prepared = handover.prepare(session, office, **about)
        assert prepared is not None
        keep_handover(session, office, prepared=prepared, **about)

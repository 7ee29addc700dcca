"""The job that seals: every document drawn once, signed and kept; then the edition, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from assess.core.actors import Actor
from assess.core.errors import NotFound
from assess.core.runs.kinds import Standing
from assess.core.text import Text
from assess.core.workflow import Act, Stage, check_allowed
from assess.files.sealing.keys import KeyPlaces
from assess.services import audit, runs
from assess.services.cycles import taken
from assess.services.jobs import WORKER, Kind
from assess.services.orders import ordered
from assess.services.seals.drawing import make_documents
from assess.services.seals.edition import Made, Order
from assess.store.deposits import note_made
from assess.store.models import Account, Seal, SealedDocument, SealOrder
from assess.store.queries import runs as run_queries
from assess.store.session import Session, flush

KIND: Final = "seal"
FILE: Final = "sealed-document"
"""The kind of a kept file."""

NO_ORDER: Final = Text("没有这次封存。", "There is no such seal.")


def sealing_in(folder: Path, places: KeyPlaces) -> Kind:
    """The kind of job that seals, whose files are kept in a folder."""
    return Kind(read=read_order, work=partial(make_documents, folder, places), keep=keep_seal)


def read_order(session: Session, arguments: Mapping[str, Any]) -> Order:
    """What was asked for.

    Raises:
        NotFound: nobody asked for it.
        Refused: the stage does not allow it any more.
    """
    order, cycle = ordered(session, SealOrder, arguments, NO_ORDER)
    check_allowed(cycle.stage, Act.SEAL)
    run = run_queries.run_at(session, run=order.run_id)
    if run is None:
        raise NotFound(NO_ORDER)
    return Order(
        year=cycle.year, edition=order.edition, replaces=order.replaces, reason=order.reason,
        chance=bytes.fromhex(order.chance), log_head=order.log_head, address=order.address, at=order.asked_at, run=run,
    )  # fmt: skip


def keep_seal(session: Session, arguments: Mapping[str, Any], made: Made, now: datetime) -> None:
    """Write the edition with all its documents; its run is the final result from now on.

    Raises:
        NotFound: nobody asked for it.
        Refused: the stage does not allow it any more.
    """
    order, cycle = ordered(session, SealOrder, arguments, NO_ORDER)
    check_allowed(Stage(taken(session, cycle).stage), Act.SEAL)
    seal = Seal(
        cycle_id=cycle.id, edition=order.edition, order_id=order.id, run_id=order.run_id,
        certificates=made.certificates, kept_at=now,
    )  # fmt: skip
    session.add(seal)
    flush(session)
    for each in made.documents:
        name = f"{each.kind}-{each.unit or cycle.year}-{each.language}.pdf"
        note_made(session, sha256=each.sha256, size=each.size, kind=FILE, file_name=name, account=0, now=now)
        session.add(SealedDocument(seal_id=seal.id, **{**each._asdict(), "kind": each.kind.value}))
    flush(session)
    run = run_queries.run_at(session, run=order.run_id)
    if run is None:
        raise NotFound(NO_ORDER)
    told = {"run": run.number, "documents": len(made.documents), "rules": run.rule_digest, "inputs": run.inputs_digest}
    audit.record(session, WORKER, subject=f"seal:{cycle.year}/{order.edition}", action="sealed", new=told, now=now)
    runs.release(
        session, asker(session, order), cycle=cycle, run=run, standing=Standing.FINAL, now=now, words=order.reason
    )


def asker(session: Session, order: SealOrder) -> Actor:
    """Who asked for the seal, in whose name the result is released."""
    account = session.get_one(Account, order.asked_by)
    return Actor(account.id, account.username, account.name, frozenset())

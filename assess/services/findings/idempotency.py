"""A form that is sent again because its answer was lost records its finding once."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from assess.core.actors import Actor, Right
from assess.core.findings.filing import TypedFinding
from assess.services.findings.recording import record_finding
from assess.store.idempotency import IdempotencyKey, claim_key, record_outcome, recorded_outcome
from assess.store.queries.cycles import CycleRow
from assess.store.session import Session

WORD: Final = re.compile(r"[\w-]{16,64}", re.ASCII)
"""What the word of a form looks like; a form with any other is recorded each time it comes."""


class Once(NamedTuple):
    """The number of a finding; whether it was recorded just now, and if not, whether the same was sent before."""

    number: int
    is_new: bool
    is_same: bool


def record_once(
    session: Session,
    actor: Actor,
    *,
    cycle: CycleRow,
    typed: TypedFinding,
    now: datetime,
    word: str,
    patrol: int | None = None,
    photos: Sequence[str] = (),
) -> Once:
    """Record the finding of a form, unless its word was sent before.

    Args:
        session: the transaction.
        actor: an inspector of another unit.
        cycle: the year.
        typed: what was typed.
        now: the moment.
        word: what the page gave the form that it showed, good for this person and year.
        patrol: the round on which it was found.
        photos: SHA-256 of photos that the actor handed in.

    Raises:
        NotAllowed, Refused: as `record_finding` says; the word is not used up then.
    """
    actor.check_may(Right.INSPECT)
    form = IdempotencyKey(cycle.id, actor.account, word)
    digest = digest_of(typed, patrol, photos)
    is_known = WORD.fullmatch(word) is not None
    if is_known and not claim_key(session, form, digest=digest):
        before = recorded_outcome(session, form)
        return Once(before.number, is_new=False, is_same=before.digest == digest)
    done = record_finding(session, actor, cycle=cycle, typed=typed, now=now, patrol=patrol, photos=photos)
    if is_known:
        record_outcome(session, form, finding=done.id)
    return Once(done.number, is_new=True, is_same=True)


def digest_of(typed: TypedFinding, patrol: int | None, photos: Sequence[str]) -> str:
    """What tells whether two forms say the same."""
    facts = [list(typed), patrol, sorted(set(photos))]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False).encode()).hexdigest()

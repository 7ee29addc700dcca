"""What people do to their own accounts."""

from __future__ import annotations

from datetime import datetime

from assess.core.actors import Actor
from assess.core.errors import NotFound
from assess.core.text import Language
from assess.services import audit
from assess.services.accounts.links import NO_PERSON
from assess.services.accounts.signing_in import end_sign_ins
from assess.store.queries.accounts import account_numbered
from assess.store.session import Session, flush


def choose_language(session: Session, actor: Actor, *, language: Language, now: datetime) -> None:
    """Keep the language a person reads, wherever they sign in."""
    found = account_numbered(session, actor.account)
    if found is None:
        raise NotFound(NO_PERSON)
    old, found.language = found.language, language
    flush(session)
    if old == language:
        return
    subject = f"account:{actor.username}"
    told = {"language": language}
    audit.record(session, actor, subject=subject, action="changed", old={"language": old}, new=told, now=now)


def sign_out_elsewhere(session: Session, actor: Actor, *, token: str, now: datetime) -> int:
    """End all sign-ins of a person but that of the browser with this token; how many."""
    ended = end_sign_ins(session, actor.account, now=now, but=token)
    if ended:
        told = {"browsers": ended}
        audit.record(
            session, actor, subject=f"account:{actor.username}", action="signed out elsewhere", new=told, now=now
        )
    return ended

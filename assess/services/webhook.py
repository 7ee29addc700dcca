"""The webhook: another system of the house is called once for each notification, signed, and again until it answers.

The signature is that of Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over id, time and body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from http.client import HTTPResponse
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.notifications import Notification, Webhook
from assess.core.text import Text
from assess.services import audit, jobs
from assess.services.jobs import JobType, Progress
from assess.store.session import Session

KIND: Final = "webhook"
SECONDS: Final = 30
PASSING: Final = frozenset({408, 425, 429})
"""Answers below 500 after which a call is made again."""
NOT_TAKEN: Final = Text("对方系统拒收（状态码{status}）。", "The other system rejected the call (status {status}).")


class NoRedirect(HTTPRedirectHandler):
    """A redirect is an error: what is signed goes to the address that was set, and to no other."""

    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        """Follow none."""


def ask_webhook(session: Session, actor: Actor, *, entry: int, now: datetime) -> int:
    """Ask for the call of one entry of the log; the number of the job."""
    return jobs.ask(session, actor, kind=KIND, arguments={"entry": entry}, now=now)


def calling(
    webhook: Webhook | None, address: str, read: Callable[[Session, Mapping[str, Any]], Notification]
) -> JobType:
    """The job that calls the other system."""

    def work(told: Notification, progress: Progress) -> Notification:
        progress(0, 1)
        if webhook is not None:
            call(webhook, told, address=address, at=int(time.time()))
        return told

    return JobType(read=read, work=work, keep=keep_called)


def keep_called(session: Session, _arguments: Mapping[str, Any], told: Notification, now: datetime) -> None:
    """Note that another system was called."""
    new = {"entry": told.entry}
    audit.record(session, jobs.WORKER, subject=f"cycle:{told.year}", action="system notified", new=new, now=now)


def call(webhook: Webhook, told: Notification, *, address: str, at: int) -> None:
    """Call the other system once.

    Args:
        webhook: where.
        told: of what.
        address: that of this service.
        at: the moment, in seconds since 1970.

    Raises:
        Refused: it rejects the call for good.
        OSError: it cannot be reached, or is in trouble now.
    """
    body = json.dumps(payload(told, address), ensure_ascii=False).encode()
    request = Request(webhook.url, data=body, headers=headers(webhook, told, at, body), method="POST")
    try:
        answer: HTTPResponse
        with build_opener(NoRedirect).open(request, timeout=SECONDS) as answer:
            answer.read(1)
    except HTTPError as error:
        if error.code < 500 and error.code not in PASSING:
            raise Refused(NOT_TAKEN.format(status=error.code)) from error
        raise


def payload(told: Notification, address: str) -> dict[str, Any]:
    """What the other system is told."""
    return {
        "type": told.event.value,
        "data": {
            "entry": told.entry,
            "year": told.year,
            "unit": told.unit or None,
            "subject": {"zh": told.subject.zh, "en": told.subject.en},
            "message": {"zh": told.message.zh, "en": told.message.en},
            "address": f"{address}/{told.year}/",
        },
    }


def headers(webhook: Webhook, told: Notification, at: int, body: bytes) -> dict[str, str]:
    """The id, by which a call that comes twice is known, the moment and the signature."""
    number = f"assess-{told.entry}"
    signature = hmac.new(webhook.key or b"", f"{number}.{at}.".encode() + body, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json; charset=utf-8",
        "webhook-id": number,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{base64.b64encode(signature).decode()}",
    }

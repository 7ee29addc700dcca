"""A fixture: a real mail server on this machine that keeps what it is sent."""

from __future__ import annotations

import time
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.guarded import spare_port

ATTEMPTS = 3


class Mailbox:
    """What was sent, in order; `refusals` are the answers to the next mails instead of taking them."""

    def __init__(self, port: int) -> None:
        self.url = f"smtp://127.0.0.1:{port}"
        self.messages: list[EmailMessage] = []
        self.refusals: list[str] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail, or give the next refusal."""
        if self.refusals:
            return self.refusals.pop(0)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 Message accepted for delivery"

    def wait_for(self, count: int, seconds: float = 60) -> list[EmailMessage]:
        """The messages, once there are so many."""
        until = time.monotonic() + seconds
        while len(self.messages) < count and time.monotonic() < until:
            time.sleep(0.02)
        assert len(self.messages) == count, f"{len(self.messages)} mails instead of {count}"
        return self.messages


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server; ASSESS_SMTP_URL is `mailbox.url`."""
    for attempt in range(1, ATTEMPTS + 1):
        port = spare_port()
        box = Mailbox(port)
        controller = Controller(box, hostname="127.0.0.1", port=port)
        try:
            controller.start()
            break
        except OSError:
            if attempt == ATTEMPTS:
                raise
    yield box
    controller.stop()

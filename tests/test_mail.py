"""The mail server that the tests bring with them."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest

from tests.mail import Mailbox


def send(mailbox: Mailbox, text: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "office@assess.example", "cw@assess.example", "催报"
    message.set_content(text)
    address = urlsplit(mailbox.url)
    with smtplib.SMTP(address.hostname or "", address.port or 0) as server:
        server.send_message(message)


def test_what_is_sent_is_kept_in_order(mailbox: Mailbox):
    send(mailbox, "三里屯街道还有3项未报")
    send(mailbox, "朝外街道已报齐")

    assert [(mail["To"], mail["Subject"], mail.get_content().strip()) for mail in mailbox.wait_for(2)] == [
        ("cw@assess.example", "催报", "三里屯街道还有3项未报"),
        ("cw@assess.example", "催报", "朝外街道已报齐"),
    ]


def test_a_refusal_is_given_once(mailbox: Mailbox):
    mailbox.refusals = ["451 try again later"]
    with pytest.raises(smtplib.SMTPDataError, match="try again later"):
        send(mailbox, "1")
    send(mailbox, "2")

    assert [mail.get_content().strip() for mail in mailbox.messages] == ["2"]

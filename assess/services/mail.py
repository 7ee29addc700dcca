"""Mail: plain texts to people in their language, each sent by a job of its own over SMTP.

A mail is sent once. Only where a worker dies between sending and noting it, it is sent a second time, under the same
Message-ID, by which the receiving side can tell.
"""

from __future__ import annotations

import secrets
import smtplib
import ssl
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from ipaddress import ip_address
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from assess.core.actors import Actor
from assess.core.errors import Refused
from assess.core.text import Text
from assess.services import audit, jobs
from assess.store.models import Mail
from assess.store.queries.accounts import actor_of
from assess.store.queries.jobs import MailToSend, mail_row, mail_to_send, people_with_mail
from assess.store.session import Session, flush

KIND: Final = "mail"
SECONDS: Final = 30

ONE_LINE = Text(
    "邮件主题只能是一行文字，不能含换行或控制字符。", "An email subject must be one line without control characters."
)
NO_SERVER = Text(
    "没有设置邮件服务器（ASSESS_SMTP_URL），邮件未发出。",
    "No mail server is set (ASSESS_SMTP_URL). The email was not sent.",
)
NO_ADDRESS = Text("收件人没有可用的邮箱地址。", "The recipient has no usable email address.")
NOT_TAKEN = Text("邮件服务器拒收：{answer}", "The mail server rejected the email: {answer}")
IN_THE_OPEN = Text(
    "邮件服务器不支持加密，不能明文发送密码。请改用smtps://地址。",
    "The mail server offers no encryption, and a password cannot be sent unencrypted. Use an smtps:// address.",
)


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in: `smtp://` or `smtps://` with a user and password or without, and who sends it."""

    url: str
    sender: str

    @property
    def host(self) -> str:
        """The name of the machine."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_here(self) -> bool:
        """Whether it is this very machine."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def server_at(url: str | None, sender: str) -> MailServer | None:
    """The mail server of an instance, if it has one."""
    return MailServer(url, sender) if url else None


def ask_mails(
    session: Session, actor: Actor, *, server: MailServer | None, to: Collection[int], subject: Text, words: Text,
    now: datetime,
) -> list[int]:  # fmt: skip
    """Ask for one mail to each of these people who has an address; none where there is no server.

    Never for secrets: the words are kept.

    Returns:
        The accounts that get a mail.

    Raises:
        Refused: the subject is not one plain line.
    """
    if any(not line.isprintable() or not line.strip() for line in subject):
        raise Refused(ONE_LINE)
    if server is None:
        return []
    asked = []
    for person in people_with_mail(session, accounts=list(to)):
        language = actor_of(person).language
        mail = Mail(
            account_id=person.id,
            subject=subject.localized(language),
            words=words.localized(language),
            message_id=f"<{secrets.token_hex(16)}@{server.sender.rpartition('@')[2]}>",
            made_at=now,
        )
        session.add(mail)
        flush(session)
        jobs.ask(session, actor, kind=KIND, arguments={"mail": mail.id}, now=now)
        asked.append(person.id)
    return asked


def read_mail(session: Session, arguments: Mapping[str, Any]) -> MailToSend | None:
    """The mail of a job; nothing where it has been sent."""
    mail = mail_to_send(session, number=arguments["mail"])
    return None if mail is None or mail.sent_at is not None else mail


def send_mail(server: MailServer | None, mail: MailToSend | None, progress: jobs.Progress) -> None:
    """Hand one mail to the server.

    Raises:
        Refused: there is no server, the address is none, or the server refuses it for good.
        OSError: it cannot be sent now.
    """
    if mail is None:
        return
    if server is None:
        raise Refused(NO_SERVER)
    message = message_of(server, mail)
    progress(0, 1)
    try:
        with connected(server) as connection:
            connection.send_message(message)
    except smtplib.SMTPRecipientsRefused as refused:
        decline_for_good(*next(iter(refused.recipients.values())), refused)
    except smtplib.SMTPResponseException as refused:
        decline_for_good(refused.smtp_code, refused.smtp_error, refused)


def keep_sent(session: Session, arguments: Mapping[str, Any], _sent: None, now: datetime) -> None:
    """Note that a mail was sent."""
    row = mail_row(session, number=arguments["mail"])
    if row.sent_at is None:
        row.sent_at = now
        new = {"account": row.account_id, "subject": row.subject}
        audit.record(session, jobs.WORKER, subject=f"mail:{row.id}", action="sent", new=new, now=now)
    flush(session)


def message_of(server: MailServer, mail: MailToSend) -> EmailMessage:
    """The mail as it travels: plain text in UTF-8; the library refuses line breaks in headers.

    Raises:
        Refused: the person's address is none.
    """
    message = EmailMessage(policy=SMTP)
    try:
        if not (mail.email or "").isascii():
            raise ValueError(mail.email)
        message["To"] = Address(mail.name, addr_spec=mail.email or "")
    except (ValueError, IndexError, MessageError) as wrong:
        raise Refused(NO_ADDRESS) from wrong
    message["From"] = server.sender
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.made_at)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.words, charset="utf-8")
    return message


def connected(server: MailServer) -> smtplib.SMTP:
    """A connection to the server, encrypted where it can be, signed in where a user is set.

    Raises:
        Refused: a password would travel in the open.
    """
    parts = urlsplit(server.url)
    safe = ssl.create_default_context()
    connection: smtplib.SMTP
    if parts.scheme == "smtps":
        connection = smtplib.SMTP_SSL(server.host, parts.port or 465, timeout=SECONDS, context=safe)
    else:
        connection = smtplib.SMTP(server.host, parts.port or 25, timeout=SECONDS)
    connection.ehlo()
    encrypted = parts.scheme == "smtps"
    if not encrypted and connection.has_extn("starttls"):
        connection.starttls(context=safe)
        connection.ehlo()
        encrypted = True
    if parts.username:
        if not (encrypted or server.is_here):
            connection.close()
            raise Refused(IN_THE_OPEN)
        connection.login(unquote(parts.username), unquote(parts.password or ""))
    return connection


def decline_for_good(code: int, answer: bytes | str, refused: Exception) -> None:
    """Tell a refusal that stays one from one that may pass, such as a full mailbox or greylisting.

    Raises:
        Refused: the answer is for good; otherwise the error itself.
    """
    if code < 500:
        raise refused
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    raise Refused(NOT_TAKEN.format(answer=f"{code} {said}"[:300])) from refused

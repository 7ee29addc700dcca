"""Tokens: the office gives and withdraws them; a department's system sends its evidence with one and asks what became
of it."""

from assess.services.tokens.asking import AskedPage, asked_page
from assess.services.tokens.authenticating import SHUT_OUT, bearer_with, count_refusal, is_noted, is_shut_out, note_use
from assess.services.tokens.giving import NO_TOKEN, IssuedToken, give_token, withdraw_token
from assess.services.tokens.sending import (
    SentPage,
    accept_sent,
    discard_sent,
    seconds_to_wait,
    seen_in,
    send_evidence,
    sent_page,
)
from assess.store.queries.tokens import Bearer

__all__ = [
    "NO_TOKEN",
    "SHUT_OUT",
    "AskedPage",
    "Bearer",
    "IssuedToken",
    "SentPage",
    "accept_sent",
    "asked_page",
    "bearer_with",
    "count_refusal",
    "discard_sent",
    "give_token",
    "is_noted",
    "is_shut_out",
    "note_use",
    "seconds_to_wait",
    "seen_in",
    "send_evidence",
    "sent_page",
    "withdraw_token",
]

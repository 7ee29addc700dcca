"""What a sealed document says of its seal, and the digests by which every document can be checked."""

from __future__ import annotations

from collections.abc import Iterator

from assess.core.scorecard.content import DocumentHead
from assess.files.pdf_style.setting import Typesetter
from assess.files.scorecard_pdf import words


def correction(setter: Typesetter, head: DocumentHead) -> str:
    """What a later edition replaces and why; nothing for a first one."""
    sealing = head.sealing
    if sealing is None or sealing.replaces is None:
        return ""
    return setter.say(words.REPLACES, edition=sealing.replaces, reason=sealing.reason)


def told_below(setter: Typesetter, head: DocumentHead) -> Iterator[tuple[str, str]]:
    """What stands in full width below the head of a document: the correction and the basis."""
    if said := correction(setter, head):
        yield setter.say(words.CORRECTION), said
    if head.basis:
        yield setter.say(words.BASIS), setter.say(head.basis)


def digests(setter: Typesetter, head: DocumentHead) -> Iterator[tuple[str, str]]:
    """The full digests, the program, and of a sealed document its run and the state of the log."""
    say = setter.say
    yield say(words.RULE_DIGEST), head.rule_digest
    yield say(words.INPUT_DIGEST), head.input_digest
    if head.sealing:
        yield say(words.LOG_HEAD), head.sealing.log_head
        yield say(words.RUN), say(words.RUN_SAID, run=head.sealing.run, engine=head.engine)
    else:
        yield say(words.ENGINE), head.engine

"""The page that asks before something is withdrawn, discarded or removed."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template


def ask_first(
    title: str, consequences: Sequence[str], *, button: str, back: str, caption: str = "", seen: int | None = None
) -> str:
    """A question with what follows from a yes; its button sends the same address, and nothing is changed before.

    Args:
        title: the question.
        consequences: sentences.
        button: what the button says that does it.
        back: where a no leads.
        caption: what it is about.
        seen: the version of what the reader has in view, where it is edited by several people.
    """
    return render_template(
        "confirm.html", question=title, consequences=consequences, button=button, back=back, caption=caption, seen=seen
    )

"""Forms that tell which version of something their page showed, and what a hidden field holds."""

from __future__ import annotations

from typing import Final

from wtforms import Field, HiddenField

from assess.core.errors import Declined, Stale
from assess.core.text import Text
from assess.web.forms.fields import Form

OVERTAKEN: Final = Text(
    "其他人已先办理，您的操作未保存。请核对下面的最新情况，如仍需办理，请再次提交。",
    "Someone else updated this first, so your change was not saved. Check the details below and submit again if "
    "needed.",
)


class SeenForm(Form):
    """A form that holds the version of what the person has before them."""

    seen = HiddenField()

    @property
    def version(self) -> int:
        """The version that was sent; -1, which nothing has, where none was, whatever the form was made with."""
        return whole_number(sent_text(self.seen), otherwise=-1)


class RefreshedForm(SeenForm):
    """A form whose page shows what somebody else changed meanwhile, so that it can be compared and sent again."""

    def take(self, error: Declined) -> None:
        """Show what a service turned down; where it was overtaken, say that the newest state is shown."""
        super().take(Stale(OVERTAKEN) if isinstance(error, Stale) else error)


def whole_number(text: str, *, otherwise: int) -> int:
    """A number of a hidden field, or what stands for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def sent_text(field: Field) -> str:
    """What was sent of a field; empty where nothing was, whatever the field was made with."""
    return str(field.raw_data[0]) if field.raw_data else ""

"""Forms that tell which version of something their page showed, and what a hidden field holds."""

from __future__ import annotations

from wtforms import Field, HiddenField

from assess.web.forms.fields import Form


class SeenForm(Form):
    """A form that holds the version of what the person has before them."""

    seen = HiddenField()

    @property
    def version(self) -> int:
        """The version that was sent; -1, which nothing has, where none was, whatever the form was made with."""
        return whole_number(sent_text(self.seen), otherwise=-1)


def whole_number(text: str, *, otherwise: int) -> int:
    """A number of a hidden field, or what stands for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def sent_text(field: Field) -> str:
    """What was sent of a field; empty where nothing was, whatever the field was made with."""
    return str(field.raw_data[0]) if field.raw_data else ""

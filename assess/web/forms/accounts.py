"""What people type to sign in, to set a password, and what the office types about people."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from flask import request as flask_request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import EqualTo, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from assess.core.actors import Role
from assess.core.text import Text
from assess.services.accounts import PersonScope
from assess.store.queries.accounts import Colleague, PeopleSearch
from assess.web.filters import localized
from assess.web.forms.documents import DocumentField, DocumentForm
from assess.web.forms.fields import Form, LineField, NameField, QueryForm, required
from assess.web.forms.seen import SeenForm

LANGUAGES: Final = [SelectChoice("zh", "中文"), SelectChoice("en", "English")]
PARTED: Final = re.compile(r"[\s,，;；、]+")
CODE: Final = re.compile(r"[\w.-]{1,60}")
UNDERSTOOD: Final = {"autocapitalize": "none", "spellcheck": "false"}


class SignInForm(Form):
    """Who, and the password."""

    username = LineField(
        _("Username"), required(_("Enter your username")), render_kw={"autocomplete": "username", **UNDERSTOOD}
    )
    password = PasswordField(
        _("Password"), required(_("Enter your password")), render_kw={"autocomplete": "current-password"}
    )
    late = HiddenField()


class NewPasswordForm(Form):
    """A password of one's own, twice."""

    password = PasswordField(
        _("New password"),
        required(_("Enter a new password")),
        description=_("At least 10 characters. A few words in a row are easy to remember and hard to guess."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("New password again"),
        [*required(_("Enter the new password again")), EqualTo("password", _("The two passwords do not match"))],
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(NewPasswordForm):
    """The old password, and a new one twice."""

    old = PasswordField(
        _("Old password"), required(_("Enter your old password")), render_kw={"autocomplete": "current-password"}
    )


class LanguageForm(Form):
    """The language of the pages."""

    language = RadioField(_("Language of the pages"), choices=LANGUAGES, validate_choice=False)

    def validate_language(self, field: RadioField) -> None:
        """One of the two."""
        if field.data not in ("zh", "en"):
            raise ValidationError(_("Select a language"))


class BoxesField(SelectMultipleField):  # type: ignore[misc]
    """Several of what is offered, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Form) -> None:
        """Only what is offered."""
        if set(self.data or ()) - {choice.value for choice in self.choices}:
            raise ValidationError(_("Select one of the options listed"))

    @property
    def codes(self) -> list[str]:
        """What was ticked."""
        return list(self.data or ())


class CodesField(LineField):
    """Codes parted by commas, where no year says what there is."""

    def process_data(self, value: Any) -> None:
        """The codes there are, on one line."""
        super().process_data(", ".join(value or ()))

    def pre_validate(self, form: Form) -> None:
        """Only what a code can be."""
        if not all(CODE.fullmatch(code) for code in self.codes):
            raise ValidationError(_("Enter codes of letters and digits, separated by commas"))

    @property
    def codes(self) -> list[str]:
        """What was typed."""
        return [code for code in PARTED.split(self.data or "") if code]


class PersonForm(SeenForm, LanguageForm):
    """What the office keeps of a person."""

    name = NameField(_("Full name"), required(_("Enter the name")))
    email = LineField(_("Email address"), description=_("For reminders. Optional."))
    roles = BoxesField(_("Roles"))
    units: Any
    departments: Any


class NewPersonForm(PersonForm):
    """The same with a username, which never changes."""

    username = LineField(
        _("Username"),
        required(_("Enter a username")),
        description=_("2 to 40 lower-case letters, digits or . - _ (cannot be changed later)"),
        render_kw=UNDERSTOOD,
    )


def person_form(kind: type[PersonForm], places: PersonScope, **given: Any) -> PersonForm:
    """A form of a kind that offers the units and departments there are, and those that a person has already."""
    hint = _("No year has a list to select from yet. Enter codes, separated by commas.")
    offered: dict[str, Any] = {
        "units": tied_field(_("Units of a unit official"), places.units, given.get("units", ()), hint),
        "departments": tied_field(
            _("Departments of a department evaluator"), places.departments, given.get("departments", ()), hint
        ),
    }
    form = cast("type[PersonForm]", type(kind.__name__, (kind,), offered))(data=given)
    form.roles.choices = [SelectChoice(role.value, localized(role.label)) for role in Role]
    return form


def tied_field(label: Any, known: Mapping[str, Text], held: Iterable[str], hint: Any) -> Any:
    """Boxes where there is something to choose from, else a line for codes."""
    if not known:
        return CodesField(label, description=hint)
    texts = {**{code: Text.same(code) for code in held}, **known}
    order = [*known, *(code for code in held if code not in known)]
    return BoxesField(label, choices=[SelectChoice(code, localized(texts[code])) for code in order])


class SearchForm(QueryForm):
    """What narrows the list of people."""

    words = LineField(_("Name, username or email"))
    role = SelectField(_("Role"), validate_choice=False)
    unit = SelectField(_("Unit"), validate_choice=False)
    department = SelectField(_("Department"), validate_choice=False)
    state = SelectField(_("Status"), validate_choice=False)


def search_form(places: PersonScope) -> SearchForm:
    """The search as the address has it."""
    form = SearchForm(flask_request.args)
    form.role.choices = any_of({str(role): role.label for role in Role})
    form.unit.choices = any_of(places.units)
    form.department.choices = any_of(places.departments)
    states = {"open": gettext("Active"), "new": gettext("No password yet"), "closed": gettext("Closed")}
    form.state.choices = any_of({name: Text.same(word) for name, word in states.items()})
    return form


def any_of(choices: Mapping[str, Text]) -> list[SelectChoice]:
    """Choices, the first of which narrows nothing."""
    return [
        SelectChoice("", gettext("All")),
        *(SelectChoice(value, localized(text)) for value, text in choices.items()),
    ]


def sought(form: SearchForm) -> PeopleSearch:
    """Which people the search asks for; what is not offered narrows nothing."""
    chosen = {
        name: form[name].data for name in ("role", "unit", "department", "state")
        if form[name].data in {choice.value for choice in form[name].choices}
    }  # fmt: skip
    return PeopleSearch(**chosen, words=(form.words.data or "")[:200])


class PeopleFileForm(DocumentForm):
    """A list of people as a workbook."""

    file = DocumentField(_("List of people (Excel or CSV)"))


class LeaverForm(SeenForm):
    """Who goes on with the work of somebody who leaves."""

    successor = SelectField(_("Person taking over"), validate_choice=False)

    def offer(self, open_ones: Iterable[Colleague]) -> None:
        """The colleagues to choose from."""
        offered = [SelectChoice(str(each.id), f"{each.name} ({each.username})") for each in open_ones]
        self.successor.choices = [SelectChoice("", gettext("No one yet: duties stay with this account")), *offered]

    def validate_successor(self, field: SelectField) -> None:
        """One of those offered, or nobody."""
        if (field.data or "") not in {choice.value for choice in field.choices}:
            raise ValidationError(gettext("Select one of the options listed"))

    @property
    def chosen(self) -> int | None:
        """The account of who goes on with the work."""
        return int(self.successor.data) if self.successor.data else None

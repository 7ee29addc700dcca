"""Components say what they are: errors linked to fields, labels and hints, scopes of tables, standings in words."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from tests.web.gallery import component, environment, page, parsed
from tests.web.markup import Markup, text_of
from tests.web.page_flaws import flaws_of

FIELD = '{% from "components/fields.html" import field %}'
KINDS = [SelectChoice("a", "Air"), SelectChoice("w", "Water")]


def refused(form: Form, field: StringField) -> None:
    raise ValidationError(f"{field.label.text} is not what it should be")


class Detail(Form):
    place = StringField("Place", [refused])


class Everything(Form):
    pm = StringField("PM2.5", [refused], description="Last year 33.1")
    why = TextAreaField("Reason", [refused])
    kind = SelectField("Kind", [refused], choices=KINDS, validate_choice=False)
    how = RadioField("Completed", [refused], choices=KINDS, validate_choice=False)
    which = SelectMultipleField(
        "Departments", [refused], choices=KINDS, widget=ListWidget(), option_widget=CheckboxInput()
    )
    sure = BooleanField("All is true", [refused])
    photo = FileField("Photo", [refused])
    secret = PasswordField("Password", [refused])
    version = HiddenField()
    detail = FormField(Detail)
    details = FieldList(FormField(Detail), min_entries=2)


def filled(**values: str) -> Everything:
    form = Everything(MultiDict(values))
    form.validate()
    return form


def every_field(form: Form) -> str:
    source = FIELD + '{% for each in form if each.widget.input_type is defined or not each.name.startswith("detail") %}'
    return component(source + "{{ field(each) }}{% endfor %}", form=form)


def test_a_text_field_has_its_label_hint_error_and_unit_of_measure():
    made = component(FIELD + '{{ field(form.pm, suffix="µg/m³", width="5") }}', form=filled(pm="many"))

    assert made == (
        '<div class="govuk-form-group govuk-form-group--error">'
        '<label class="govuk-label assess-label" for="pm">PM2.5 '
        '<span class="govuk-visually-hidden">(µg/m³)</span></label>'
        '<div class="govuk-hint" id="pm-hint">Last year 33.1</div>'
        '<div class="govuk-error-message" id="pm-error"><p><span class="govuk-visually-hidden">Error: </span>'
        "PM2.5 is not what it should be</p></div>"
        '<div class="govuk-input__wrapper"><input aria-describedby="pm-hint pm-error" aria-invalid="true" '
        'class="govuk-input govuk-input--error assess-input--5" id="pm" name="pm" type="text" value="many">'
        '<div class="govuk-input__suffix" aria-hidden="true">µg/m³</div></div></div>'
    )


def test_a_field_without_hint_and_error_points_to_nothing():
    made = component(FIELD + "{{ field(form.place) }}", form=Detail())

    assert made == (
        '<div class="govuk-form-group"><label class="govuk-label assess-label" for="place">Place</label>'
        '<input class="govuk-input assess-input--20" id="place" name="place" type="text" value=""></div>'
    )


def test_what_was_typed_is_text_and_never_markup():
    made = component(
        FIELD + "{{ field(form.pm) }}{{ field(form.why) }}", form=filled(pm='"><script>', why="</textarea>")
    )

    assert [each.tag for each in parsed(made).all("script", "textarea")] == ["textarea"]
    assert parsed(made).mistakes == []


def test_every_kind_of_field_is_named_and_described_by_its_error():
    markup = parsed(every_field(filled(version="3")))
    told = {
        each.get("id"): (each.tag, each.get("aria-describedby"), each.get("aria-invalid"))
        for each in markup.all("input", "select", "textarea", "fieldset")
        if each.get("aria-describedby")
    }

    assert told == {
        "pm": ("input", "pm-hint pm-error", "true"),
        "why": ("textarea", "why-error", "true"),
        "kind": ("select", "kind-error", "true"),
        "how": ("fieldset", "how-error", None),
        "which": ("fieldset", "which-error", None),
        "sure": ("input", "sure-error", "true"),
        "photo": ("input", "photo-error", "true"),
        "secret": ("input", "secret-error", "true"),
    }
    assert [text_of(each) for each in markup.all("legend")] == ["Completed", "Departments"]
    assert [each.get("name") for each in markup.all("input") if each.get("type") == "hidden"] == ["version"]


def test_a_page_with_every_kind_of_field_has_no_flaw():
    assert flaws_of(page(every_field(filled()))) == []
    assert flaws_of(page(every_field(Everything()))) == []


def test_the_error_summary_leads_to_each_field_also_inside_others():
    source = '{% from "components/errors.html" import error_summary %}{{ error_summary(form) }}'
    links = parsed(component(source, form=filled())).all("a")

    assert [(each.get("href"), text_of(each)) for each in links] == [
        ("#pm", "PM2.5 is not what it should be"),
        ("#why", "Reason is not what it should be"),
        ("#kind", "Kind is not what it should be"),
        ("#how-0", "Completed is not what it should be"),
        ("#which-0", "Departments is not what it should be"),
        ("#sure", "All is true is not what it should be"),
        ("#photo", "Photo is not what it should be"),
        ("#secret", "Password is not what it should be"),
        ("#detail-place", "Place is not what it should be"),
        ("#details-0-place", "Place is not what it should be"),
        ("#details-1-place", "Place is not what it should be"),
    ]


def test_a_form_without_errors_has_no_summary():
    source = '{% from "components/errors.html" import error_summary %}{{ error_summary(form) }}'

    assert component(source, form=Everything()) == ""


def test_an_error_of_the_whole_form_stands_in_the_summary_without_a_link():
    form = Detail()
    form.form_errors = ["Somebody else saved this page meanwhile"]
    source = '{% from "components/errors.html" import error_summary %}{{ error_summary(form) }}'

    assert component(source, form=form) == (
        '<div class="govuk-error-summary" data-module="govuk-error-summary"><div role="alert">'
        '<h2 class="govuk-error-summary__title">There is a problem</h2><div class="govuk-error-summary__body">'
        '<ul class="govuk-list govuk-error-summary__list"><li>Somebody else saved this page meanwhile</li></ul>'
        "</div></div></div>"
    )


def test_a_table_has_its_caption_scopes_and_the_order_it_is_sorted_in():
    source = """{% from "components/tables.html" import cell, row_head, table %}
    {% call table("Ranking", columns) %}<tr>{{ row_head("Sanlitun", "/u/1") }}{{ cell("7.48", "numeric") }}</tr>
    {% endcall %}"""
    columns = ["Unit", {"text": "Points", "numeric": True, "href": "?sort=points", "sorted": "descending"}]

    assert component(source, columns=columns) == (
        '<div class="assess-table-frame" role="region" aria-label="Ranking" tabindex="0">'
        '<table class="govuk-table assess-table">'
        '<caption class="govuk-table__caption govuk-table__caption--s">Ranking</caption>'
        '<thead class="govuk-table__head"><tr class="govuk-table__row">'
        '<th scope="col" class="govuk-table__header">Unit</th>'
        '<th scope="col" class="govuk-table__header govuk-table__header--numeric" aria-sort="descending">'
        '<a class="assess-sort" href="?sort=points">Points<span aria-hidden="true">▼</span></a></th></tr></thead>'
        '<tbody class="govuk-table__body"><tr><th scope="row" class="govuk-table__header">'
        '<a class="govuk-link" href="/u/1">Sanlitun</a></th>'
        '<td class="govuk-table__cell govuk-table__cell--numeric">7.48</td></tr></tbody></table></div>'
    )


@pytest.mark.parametrize(
    ("state", "colour"), [("certified", "green"), ("returned", "orange"), ("overdue", "red"), ("unheard of", "grey")]
)
def test_a_tag_takes_the_colour_of_its_state(state: str, colour: str):
    source = '{% from "components/measures.html" import tag %}{{ tag("Standing", state) }}'

    assert component(source, state=state) == f'<strong class="govuk-tag govuk-tag--{colour}">Standing</strong>'


def test_progress_is_told_in_words_beside_the_bar_in_both_languages():
    source = '{% from "components/measures.html" import progress %}<p>{{ progress(31, 43, "Figures") }}</p>'
    english, chinese = (parsed(component(source, language)) for language in ("en", "zh"))

    assert [text_of(each) for each in english.all("span")] == ["31 of 43 complete"]
    assert [text_of(each) for each in chinese.all("span")] == ["已完成31/43"]
    assert [each.attrib for each in english.all("progress")] == [
        {"class": "assess-progress__bar", "value": "31", "max": "43", "aria-label": "Figures"}
    ]


def test_a_task_without_an_address_is_no_link_and_each_link_is_described_by_its_status():
    source = '{% from "components/lists.html" import task_list %}{{ task_list(tasks) }}'
    tasks = [
        {"text": "Air", "href": "/air", "hint": "due 25 November", "status": "Returned", "state": "returned"},
        {"text": "Rural", "status": "Not applicable", "state": "not-applicable"},
    ]
    markup = parsed(component(source, tasks=tasks))

    assert [(text_of(each), each.get("aria-describedby")) for each in markup.all("a")] == [("Air", "task-1-status")]
    assert [text_of(each) for each in markup.all("li")] == ["Airdue 25 NovemberReturned", "RuralNot applicable"]


def test_posted_forms_bring_their_token_and_filters_do_not():
    source = """{% from "components/forms.html" import filters, post_form %}
    {% from "components/buttons.html" import post_button %}
    {% call post_form() %}{% endcall %}{% call filters("Units", "/all") %}{% endcall %}
    {{ post_button("Submit", "/submit", hidden={"version": 3}) }}"""

    assert flaws_of(page(component(source))) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("person", [None, {"name": "李明"}])
def test_the_page_around_everything_has_no_flaw(language: str, person: dict[str, str] | None):
    made = environment(language).get_template("errors/error.html").render(surroundings(language, person))

    assert flaws_of(made) == []


def test_the_title_of_a_page_begins_with_its_heading_and_says_when_something_is_wrong():
    source = '{% extends "base.html" %}{% block title %}{{ "PM<2.5>" }}{% endblock %}'
    right, wrong = (
        title_and_heading(environment("zh").from_string(source).render(surroundings("zh", None), form=form))
        for form in (Everything(), filled())
    )

    assert right == ("PM<2.5> – 街乡生态环境保护考核", "PM<2.5>")
    assert wrong == ("错误：PM<2.5> – 街乡生态环境保护考核", "PM<2.5>")


def title_and_heading(html: str) -> tuple[str, str]:
    markup = Markup(html)
    return text_of(markup.all("title")[0]), text_of(markup.all("h1")[0])


def surroundings(language: str, person: dict[str, str] | None) -> dict[str, Any]:
    both = (("zh", "中文"), ("en", "English"))
    return {
        "languages": [{"code": c, "text": t, "href": f"/{c}", "current": c == language} for c, t in both],
        "signed_in": person,
        "navigation": {
            "first": [
                {"text": "2026", "href": "/2026/", "current": "page"},
                {"text": "2025", "href": "/2025/", "current": ""},
            ],
            "second": [{"text": "2026", "href": "/2026/stages", "current": ""}],
        },
        "site": {"demonstration": True, "version": "1.0", "contact": ""},
        "stage_line": "2026",
        "what": "404",
        "to_do": "",
        "request_id": "a1b2",
    }

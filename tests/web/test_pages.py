"""The reader of pages minds what is wrong with one and fills in forms as a browser does."""

from __future__ import annotations

import io

import pytest
from flask import Flask, redirect, request
from flask.testing import FlaskClient

from tests.web.catalogue import untranslated
from tests.web.forms import forms_of
from tests.web.markup import Markup
from tests.web.page_flaws import flaws_of
from tests.web.pages import submit, visit


def html(main: str, *, title: str = "Streets", head: str = "", lang: str = "en") -> str:
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f'<body><main id="main">{main}</main></body></html>'
    )


GOOD = """
<h1>Streets</h1><a href="#main">Skip</a>
<form method="post" action="/save" enctype="multipart/form-data">
  <input type="hidden" name="csrf_token" value="abc">
  <label for="name">Name</label> <input id="name" name="name" value="Sanlitun" aria-describedby="hint">
  <p id="hint">Short</p>
  <label>Kind <select name="kind"><option value="s">Street<option value="t" selected>Township</select></label>
  <label><input type="checkbox" name="tags" value="a" checked> A</label>
  <label><input type="checkbox" name="tags" value="b" checked> B</label>
  <label><input type="checkbox" name="sure"> Sure</label>
  <label for="file">File</label> <input id="file" name="file" type="file">
  <textarea name="note" aria-label="Note">
one
two</textarea>
  <button name="next" value="draft">Save</button> <button>Submit</button>
</form>
<table><caption>Points</caption><tr><th scope="col">Unit<th scope="col">Points<tr><td>Sanlitun<td>7.48</table>
"""


def test_a_good_page_has_no_flaw():
    assert flaws_of(html(GOOD)) == []
    assert flaws_of(html(GOOD, title="Error: Streets – Assessment")) == []


@pytest.mark.parametrize(
    ("main", "told"),
    [
        ("<p>", "0 h1 instead of one"),
        ("<h1>Streets</h1><h1>Streets</h1>", "2 h1 instead of one"),
        ("<h1>Units</h1>", "the title 'Streets' does not begin with the h1 'Units'"),
        ('<h1>Streets</h1><input name="a">', 'the field <input name="a"> has no label'),
        ('<h1>Streets</h1><label for="a"></label><input id="a">', 'the field <input id="a"> has no label'),
        ("<h1>Streets</h1><button></button>", "the button <button> has no text"),
        ('<h1>Streets</h1><form method="post" action="/x"></form>', 'the form <form action="/x"> has no token'),
        (
            '<h1>Streets</h1><form><input type="hidden" name="csrf_token" value="1"></form>',
            "the form <form> would put its token into the address",
        ),
        ('<h1 id="main">Streets</h1>', "the id 'main' stands 2 times"),
        ('<h1>Streets</h1><a href="#x">x</a>', "href of <a href=\"#x\"> points to 'x', which is not there"),
        ('<h1 aria-describedby="x">Streets</h1>', "aria-describedby of <h1> points to 'x', which is not there"),
        ('<h1 style="color: red">Streets</h1>', "<h1> has a style of its own"),
        ("<h1>Streets</h1><script>1</script>", "<script> has a script inside"),
        ('<h1 onclick="x()">Streets</h1>', "<h1> has a script in onclick"),
        ('<h1>Streets</h1><a href="javascript:x()">x</a>', '<a href="javascript:x()"> has a script as its address'),
        ("<h1>Streets</h1><table><tr><td>1</table>", "<table> has no caption"),
        (
            "<h1>Streets</h1><table><caption>All</caption><tr><th>Unit</table>",
            "the head 'Unit' of a table has no scope",
        ),
        ('<h1>Streets</h1><img src="/a.svg">', "<img> has no alt"),
        ('<h1>Streets</h1><a href="/a"></a>', '<a href="/a"> has no text'),
    ],
)
def test_each_flaw_is_told(main: str, told: str):
    assert flaws_of(html(main)) == [told]


def test_what_a_strict_reader_minds_is_told_with_its_line():
    assert flaws_of(html("<h1>Streets</h1>\n<p><div></p></div>")) == ["line 2: Unexpected end tag (p). Ignored."]


def test_a_page_says_its_language():
    assert flaws_of(html("<h1>Streets</h1>", lang="")) == ["the language of the page is ''"]


def test_english_messages_are_found_on_a_chinese_page_but_not_where_marked_as_english(tmp_path, monkeypatch):
    (tmp_path / "general.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "%(n)s of %(all)s complete"\nmsgstr "已完成 %(n)s／%(all)s"\n\nmsgid "Save"\nmsgstr "保存"\n\n'
        'msgid "PDF"\nmsgstr "PDF"\n\nmsgid "%(unit)s (%(code)s)"\nmsgstr "%(unit)s（%(code)s）"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr("tests.web.catalogue.FOLDER", tmp_path)
    main = '<h1>街道</h1><p>3 of\n43 complete<p lang="en">Save<p>PDF<p>Save the trees<img src="/a.svg" alt="Save">'

    assert flaws_of(html(main, title="街道", lang="zh-CN")) == [
        "'3 of\\n43 complete' is not translated",
        "'Save' is not translated",
    ]
    assert flaws_of(html(main, title="街道")) == []
    untranslated.cache_clear()


def test_a_form_is_sent_as_a_browser_sends_it():
    (form,) = forms_of(Markup(html(GOOD)), "/streets/cw")
    here = {"csrf_token": "abc", "name": "Sanlitun", "kind": "t", "tags": ["a", "b"], "note": "one\ntwo"}

    assert (form.action, form.method, form.multipart, form.in_main) == ("/save", "post", True, True)
    assert form.filled({}) == {**here, "next": "draft"}
    assert form.filled({"kind": "s", "tags": None, "sure": "on"}, "Submit") == (
        {name: value for name, value in here.items() if name != "tags"} | {"kind": "s", "sure": "on"}
    )


@pytest.mark.parametrize(
    ("values", "press", "told"),
    [
        ({"nmae": "x"}, "", "no field nmae"),
        ({"kind": "x"}, "", r"kind offers \['s', 't'\], not x"),
        ({}, "Send", "no button Send: Save, Submit"),
    ],
)
def test_what_no_reader_could_send_is_refused(values, press, told):
    (form,) = forms_of(Markup(html(GOOD)), "/")

    with pytest.raises(AssertionError, match=told):
        form.filled(values, press)


@pytest.fixture
def client() -> FlaskClient:
    app = Flask("a service")

    @app.get("/streets")
    def streets() -> str:
        return html(GOOD + f"<p>Saved: {request.args.get('saved', 'nothing')}</p>")

    @app.post("/save")
    def save():
        if not request.form["name"]:
            return html('<h1>Streets</h1><div class="govuk-error-summary"><ul><li>Enter a name</ul></div>'), 422
        return redirect(f"streets?saved={request.form['name']}+{request.files['file'].read().decode()}", code=303)

    @app.route("/asked", methods=["GET", "POST"])
    def asked() -> str:
        return html(GOOD.replace("/save", "/asked") + f"<p>Requested {request.headers['Accept-Language']}</p>")

    @app.get("/bad")
    def bad() -> str:
        return html("<h1>Units</h1>")

    return app.test_client()


def test_a_page_is_visited_and_its_form_submitted(client: FlaskClient):
    page = visit(client, "/streets")
    assert (page.h1, page.title, page.language, page.links) == ("Streets", "Streets", "en", {"Skip": "#main"})
    assert page.tables == {"Points": [["Unit", "Points"], ["Sanlitun", "7.48"]]}

    landed = submit(client, page.form(), {"name": "Chaowai", "file": (io.BytesIO(b"scan"), "scan.txt")})
    assert landed.path == "/streets?saved=Chaowai+scan"
    assert landed.main.endswith("Saved: Chaowai scan")

    refused = submit(client, page.form("/save"), {"name": ""}, status=422)
    assert refused.errors == ["Enter a name"]


def test_a_browser_asks_for_its_language_again_when_a_form_is_sent(client: FlaskClient):
    page = visit(client, "/asked", language="en")

    assert page.main.endswith("Requested en")
    assert submit(client, page.form(), status=200).main.endswith("Requested en")


def test_a_page_of_another_status_or_with_a_flaw_fails_the_test(client: FlaskClient):
    with pytest.raises(AssertionError, match="/nowhere answers 404 NOT FOUND, not 200"):
        visit(client, "/nowhere")
    with pytest.raises(AssertionError, match="/bad has flaws"):
        visit(client, "/bad")
    with pytest.raises(AssertionError, match="/streets is in en"):
        visit(client, "/streets", language="zh")

"""A unit's form as a printable document, to be signed, sealed and scanned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum
from pathlib import Path
from typing import BinaryIO, Final

from assess.core.forms import Field, FormSection, UnitFormContent
from assess.core.rules.figure import FigureKind
from assess.core.rules.sheet import SheetStanding
from assess.core.text import Language, Text
from assess.files.form_object_tables import put_objects
from assess.files.form_words import NO_VALUE, put_together
from assess.files.pdf_style.breaking import shortened
from assess.files.pdf_style.columns import Align, PdfColumn
from assess.files.pdf_style.document import Bookmark, PdfDocument
from assess.files.pdf_style.flow import FlowBlock, PageFlow
from assess.files.pdf_style.furniture import FOOT_Y, HEAD_Y, MARKS, PAGE_OF, band, short
from assess.files.pdf_style.look import (
    BLACK,
    BODY,
    BODY_BOLD,
    BODY_WIDTH,
    CELL,
    CELL_BOLD,
    GREY,
    HAIR,
    LEFT,
    LINE,
    RIGHT,
    SMALL,
    SUBTITLE,
    TITLE,
)
from assess.files.pdf_style.page import PdfPage
from assess.files.pdf_style.setting import Typesetter
from assess.files.pdf_style.signatures import DATE, Signatures
from assess.files.pdf_style.tables import PdfTable, paragraph, put_heading

FORM: Final = Text("街乡自评填报表", "Self-assessment form")
SUBJECT: Final = Text("{unit} {year}年填报表", "Form of {unit} for {year}")
AUTHOR: Final = Text("{unit}", "{unit}")
FACTS: Final = {
    "unit": Text("单位", "Unit"),
    "code": Text("单位代码", "Code"),
    "year": Text("考核年度", "Year"),
    "receipt": Text("回执编号", "Receipt no."),
    "submitted": Text("报送时间", "Submitted"),
    "by": Text("报送人", "Submitted by"),
}
NOT_SUBMITTED: Final = Text("尚未报送", "not yet submitted")
DRAFT: Final = Text("草稿 · 尚未报送", "Draft – not submitted")
COLUMNS: Final = (
    Text("序号", "No."),
    Text("数据项和填报期", "Figure and reporting period"),
    Text("计量单位", "Unit"),
    Text("上年值", "Last year"),
    Text("填报值", "Value"),
    Text("目标", "Target"),
    Text("依据", "Clause"),
)
WIDTHS: Final[dict[Language, tuple[float, ...]]] = {
    "zh": (24, 164, 42, 48, 72, 62),
    "en": (24, 192, 46, 48, 72, 66),
}
"""Of all columns but the last, which takes what these leave."""
VALUE: Final = 4
"""The column of the answers."""
EVIDENCE: Final = Text("佐证材料：{names}", "Evidence: {names}")
REMARK: Final = Text("备注：{remark}", "Remark: {remark}")
NOT_APPLICABLE: Final = Text("不涉及的数据项", "Not applicable to this unit")
DECLARATION: Final = Text("主要负责人声明", "Declaration")
DECLARED: Final = Text(
    "本单位对以上填报数据及所附佐证材料的真实性、准确性、完整性负责，如有虚报、瞒报，愿承担相应责任。主要负责人：{leader}。",
    "The unit is responsible for the truth, accuracy and completeness of the data above and the "
    "attached evidence, and for any false or withheld report. Responsible leader: {leader}.",
)
UNDECLARED: Final = Text("（报送时填写）", "(entered on submission)")
SIGNATURES: Final = (
    Text("填报人（签字）：", "Prepared by (signature):"),
    Text("审核人（签字）：", "Checked by (signature):"),
    Text("主要负责人（签字）：", "Responsible leader (signature):"),
)
SEAL: Final = Text("（单位公章）", "(official seal of the unit)")
RUNNING: Final = Text("{unit} · {form} · {receipt}", "{unit} · {form} · {receipt}")
FOOT: Final = Text("评分表{sheet}（{year}年） · 评分表摘要 {digest}", "Rule sheet {sheet} ({year}) · digest {digest}")
SEAL_HEIGHT: Final = 132.0
LABEL: Final = 66.0


@dataclass(frozen=True, kw_only=True)
class FormPaper:
    """What the document says.

    Attributes:
        title: of the rule sheet; `sheet` is its id, `digest` its digest.
        answers: by field key, as shown; fields without one are printed as blank.
        files: names of the evidence by figure.
        remarks: by field key.
        receipt, submitted, by: number, time and person of the submission; None before it.
        leader: who answers for it.
    """

    form: UnitFormContent
    title: Text
    unit: Text
    year: int
    sheet: str
    digest: str
    standing: SheetStanding | None
    answers: Mapping[str, Text]
    files: Mapping[str, Sequence[str]] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    receipt: str | None = None
    submitted: str | None = None
    by: str | None = None
    leader: str | None = None


def write_form_pdf(paper: FormPaper, target: Path | BinaryIO, language: Language) -> tuple[Text, ...]:
    """Write the form of one unit; the same form gives the same bytes.

    Returns what a reader should know: the characters that the fonts lack.
    """
    unit, form = paper.unit.localized(language), FORM.localized(language)
    subject = SUBJECT.localized(language, unit=unit, year=paper.year)
    document = PdfDocument(
        language, title=f"{unit} · {form}", author=AUTHOR.localized(language, unit=unit), subject=subject
    )
    flow = PageFlow(document.setter)
    put_form(flow, paper)
    pages = flow.finish()
    for at, page in enumerate(pages):
        furnish(page, paper, at, len(pages))
        marks = [Bookmark(f"part-{at}-{place}", title) for place, title in enumerate(page.titles)]
        document.add(page, *marks)
    document.save(target)
    return document.warnings


def furnish(page: PdfPage, paper: FormPaper, at: int, of: int) -> None:
    """Put the mark of a demonstration or draft, the running head and the foot on page `at`, from 0."""
    setter = page.setter
    marks = [MARKS.get(paper.standing) if paper.standing else None, None if paper.receipt else DRAFT]
    if any(marks):
        band(page, " · ".join(setter.say(mark) for mark in marks if mark))
    if at:
        receipt = paper.receipt or setter.say(NOT_SUBMITTED)
        running = setter.say(RUNNING, unit=paper.unit, form=FORM, receipt=receipt)
        page.text(LEFT, HEAD_Y, setter.plain(running), SMALL, GREY)
    page.rule(LEFT, FOOT_Y + 9, RIGHT, 0.5, LINE)
    number = setter.say(PAGE_OF, n=at + 1, of=of)
    told = setter.say(FOOT, sheet=paper.sheet, year=paper.year, digest=short(paper.digest))
    [foot] = shortened(setter.plain(told), BODY_WIDTH - setter.width(number, SMALL) - 20, SMALL.size)
    page.text(LEFT, FOOT_Y, foot, SMALL, GREY)
    page.text_to(RIGHT, FOOT_Y, number, SMALL, BLACK)


def put_form(flow: PageFlow, paper: FormPaper) -> None:
    """Place everything the form says."""
    say = flow.setter.say
    for text, style in ((paper.title, SUBTITLE), (FORM, TITLE)):
        flow.put(paragraph(flow.setter, say(text), style, align=Align.MIDDLE), keep=True)
    flow.put(FlowBlock(5), keep=True)
    put_facts(flow, paper)
    number = 1
    for section in paper.form.sections:
        number = put_section(flow, paper, section, number)
    put_not_applicable(flow, paper)
    put_declaration(flow, paper)


def put_facts(flow: PageFlow, paper: FormPaper) -> None:
    """Place whose form it is and when it was submitted."""
    say = flow.setter.say
    told = {
        "unit": say(paper.unit),
        "code": paper.form.unit,
        "year": str(paper.year),
        "receipt": paper.receipt or say(NOT_SUBMITTED),
        "submitted": paper.submitted or say(NOT_SUBMITTED),
        "by": paper.by or "",
    }
    wide = BODY_WIDTH / 2 - LABEL
    columns = [PdfColumn("", LABEL, style=BODY), PdfColumn("", wide, style=BODY_BOLD)] * 2
    table = PdfTable(flow, columns, head=False)
    cells = [(say(FACTS[name]), text) for name, text in told.items()]
    for left, right in zip(cells[::2], cells[1::2], strict=True):
        table.add([*left, *right])
    table.end()


def put_section(flow: PageFlow, paper: FormPaper, section: FormSection, number: int) -> int:
    """Place the answers of one section; `number` is that of its first field. Returns the number of the next one."""
    if not section.fields:
        return number
    say = flow.setter.say
    put_heading(flow, say(section.title))
    number = put_fields(flow, paper, section, number)
    for question, fields in section.questions:
        if question.objects is not None:
            put_objects(flow, question, fields, paper.answers, number)
            for note in notes_of(flow.setter, paper, fields[0], is_first=True):
                flow.put(paragraph(flow.setter, note, CELL))
            number += 1
    return number


def put_fields(flow: PageFlow, paper: FormPaper, section: FormSection, number: int) -> int:
    """Place the answers of the unit's own figures, one below the other, and return the number of the next one."""
    questions = [(question, fields) for question, fields in section.questions if question.objects is None]
    if not questions:
        return number
    table = PdfTable(flow, list(section_columns(flow.setter)))
    below = PdfTable(flow, notes_columns(flow.setter.language), head=False)
    for _question, fields in questions:
        for at, each in enumerate(fields):
            notes = notes_of(flow.setter, paper, each, is_first=at == 0)
            cells = cells_of(flow.setter, paper, each, number, is_first=at == 0)
            table.add(cells, strong=(VALUE,), keep=bool(notes), rule=None if notes else HAIR)
            for note in notes:
                below.add(["", note], keep=note != notes[-1], rule=HAIR if note == notes[-1] else None)
            number += 1
    table.end()
    return number


def section_columns(setter: Typesetter) -> Iterator[PdfColumn]:
    """The columns of a section's table."""
    aligns = {0: Align.MIDDLE, 3: Align.MIDDLE, VALUE: Align.MIDDLE}
    given = WIDTHS[setter.language]
    widths = (*given, BODY_WIDTH - fsum(given))
    for at, (heading, width) in enumerate(zip(COLUMNS, widths, strict=True)):
        yield PdfColumn(setter.say(heading), width, aligns.get(at, Align.LEFT), CELL)


def notes_columns(language: Language) -> list[PdfColumn]:
    """What is said of an answer stands below it, from the column of the titles to the end."""
    number = WIDTHS[language][0]
    return [PdfColumn("", number, style=CELL), PdfColumn("", BODY_WIDTH - number, style=CELL)]


def notes_of(setter: Typesetter, paper: FormPaper, each: Field, *, is_first: bool) -> list[str]:
    """The evidence of a figure, told with its first period, and the remark."""
    files, remark = paper.files.get(each.question.figure), paper.remarks.get(each.key)
    found = [setter.say(EVIDENCE, names=setter.say(Text("；", "; ")).join(files))] if files and is_first else []
    return [*found, setter.say(REMARK, remark=remark)] if remark else found


def cells_of(setter: Typesetter, paper: FormPaper, each: Field, number: int, *, is_first: bool) -> list[str]:
    """The cells of one field; clause, target and evidence stand with the first period of a figure only."""
    say, question = setter.say, each.question
    title = say(question.title)
    period = f" · {say(each.label)}" if each.label else ""
    unit = question.stated.unit or Text.same("%" if question.stated.kind is FigureKind.PERCENT else "")
    clauses = put_together([Text.same(use.clause) for use in question.items])
    return [
        str(number),
        f"{title}{period}",
        say(unit),
        say(each.last_year) if each.last_year else "–",
        say(paper.answers.get(each.key) or NO_VALUE),
        say(question.target) if question.target and is_first else "",
        in_language(say(clauses), setter.language) if is_first else "",
    ]


def in_language(clause: str, language: Language) -> str:
    """A clause that stands in both languages, as `第七条 / Art. 7`, in one."""
    parts = [each.split(" / ", 1) for each in clause.replace("; ", "；").split("；")]
    chosen = [part[0] if language == "zh" else part[-1] for part in parts]
    return ("；" if language == "zh" else "; ").join(dict.fromkeys(chosen))


def put_not_applicable(flow: PageFlow, paper: FormPaper) -> None:
    """Place the figures that are not asked of the unit, each with its reason."""
    left_out = [question for section in paper.form.sections for question in section.not_applicable]
    if not left_out:
        return
    say = flow.setter.say
    put_heading(flow, say(NOT_APPLICABLE))
    table = PdfTable(
        flow, [PdfColumn("", 170, style=CELL_BOLD), PdfColumn("", BODY_WIDTH - 170, style=CELL)], head=False
    )
    for question in left_out:
        table.add([say(question.title), say(question.reason) if question.reason else ""])
    table.end()


def put_declaration(flow: PageFlow, paper: FormPaper) -> None:
    """Place what the unit answers for, and room for signatures, seal and date, all on one page."""
    say = flow.setter.say
    put_heading(flow, say(DECLARATION))
    leader = paper.leader or say(UNDECLARED)
    flow.put(paragraph(flow.setter, say(DECLARED, leader=leader), BODY), keep=True)
    flow.put(FlowBlock(6), keep=True)
    flow.put(Signatures(SEAL_HEIGHT, tuple(map(say, SIGNATURES)), say(SEAL), say(DATE)))

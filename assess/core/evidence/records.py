"""Values that a department's own system states one by one, read as those of its workbooks are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from assess.core.evidence.asked import AskedFigure, asked_of
from assess.core.evidence.details import MAX_DETAIL_LENGTH, TOO_LONG
from assess.core.evidence.found import CountedCase, FoundEvidence, FoundValue
from assess.core.evidence.names import Foreign, HeadingNames, OfFigure
from assess.core.evidence.reading import MAX_REMARK_LENGTH, REMARK_TOO_LONG
from assess.core.evidence.timing import misfit
from assess.core.figures.entry import MILLION, read_entries
from assess.core.figures.period_words import OTHER_YEAR, read_label
from assess.core.figures.periods import OFTEN, PeriodLabel, label_on, year_label
from assess.core.flaws import Flaw, Path
from assess.core.naming import quoted
from assess.core.parsing import ParseError, read_date
from assess.core.rules.figure import FigureKind
from assess.core.rules.sheet import RuleSheet
from assess.core.sources import Pointer
from assess.core.text import Text
from assess.core.units.unit_list import UnitNames

OTHER_DEPARTMENT = Text(
    "“{text}”由{supplier}提供，不属于本部门，请去掉这个条目。",
    "“{text}” is supplied by {supplier}, not by this department. Delete the entry.",
)
NO_PERIOD = Text(
    "“{title}”{often}填报，请写明period，例如{example}。", "{title} is {often}. Add its period, such as {example}."
)
TWICE = Text(
    "{unit}的“{title}”（{period}）出现两次，前一处在{before}，请只保留一个。",
    "{title} of {unit} for {period} appears twice, first at {before}. Keep one of the two.",
)
NOT_COUNTED = Text(
    "“{title}”不是按起数计的数据项，没有明细，请删去occurrences。",
    "{title} is not a count and has no cases. Delete “occurrences”.",
)
DISAGREE = Text(
    "“{title}”填了{count}，明细有{cases}起，两者应一致，请核对。",
    "{title} is {count}, but there are {cases} cases under it. Make them agree.",
)
NO_DAY = Text("没有日期，请填写，例如{example}。", "There is no date. Enter one, such as {example}.")
NO_LOCATION = Text("没有地点，请填写在哪里。", "There is no place. Enter where it was.")
NO_WHAT = Text("未填写情况，请写明是什么问题。", "There is no description. Enter what happened.")
OTHER_PERIOD = Text("日期{day}不在填报期{period}之内，请核对。", "{day} is outside {period}. Check both.")
MAX_VALUES: Final = 200_000
"""So many values are stated at a time."""
PARTS: Final = ("unit", "figure", "period", "value", "remark", "occurrences", "date", "place", "what", "photo")
"""What an entry and a case consist of, in the order in which their flaws are told."""


class StatedCase(NamedTuple):
    """One case that a count counts, as it is stated; None where a part cannot be used and that is said already."""

    day: str | None
    location: str | None
    what: str | None
    photo: str | None


class EvidenceRecord(NamedTuple):
    """One value as it is stated: its place in the list, and its parts as text.

    A part is None where it cannot be used and that is said already; `period` is "" and `cases` None where nothing is
    stated.
    """

    number: int
    unit: str | None
    figure: str | None
    period: str | None
    value: str | None
    remark: str
    cases: Sequence[StatedCase] | None


class Fitting(NamedTuple):
    """A record whose unit, figure and period are known."""

    record: EvidenceRecord
    unit: int
    figure: AskedFigure
    label: PeriodLabel


class PointedNotes:
    """What is wrong with the parts of a document, put into the order of the document in the end."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.noted: list[tuple[Path, Flaw]] = []

    def note(self, path: Path, what: Text, /, **facts: object) -> None:
        """Note what is wrong at a path."""
        self.noted.append((path, Flaw(self.place(path), what, facts)))

    def place(self, path: Path) -> Pointer:
        """Where a part stands."""
        return Pointer(self.file, "".join(f"/{part}" for part in path))

    @property
    def flaws(self) -> list[Flaw]:
        """All of them, in the order of the document."""
        return [flaw for _, flaw in sorted(self.noted, key=lambda each: ranked(each[0]))]


def ranked(path: Path) -> list[int]:
    """What puts paths into the order of the document."""
    return [part if isinstance(part, int) else PARTS.index(part) if part in PARTS else -1 for part in path]


class RecordFigureNames(HeadingNames):
    """What the names of figures mean to a department where each value names its own."""

    other_department = OTHER_DEPARTMENT


def read_records(
    records: Iterable[EvidenceRecord], sheet: RuleSheet, names: UnitNames, department: str, notes: PointedNotes
) -> FoundEvidence:
    """What records say of the figures of a department; what is wrong joins the notes."""
    reader = RecordReader(sheet, names, department, notes)
    fitting = [found for record in records if (found := reader.fitting(record)) is not None]
    single = list(reader.without_repeated(fitting))
    reader.read_values()
    values = list(reader.values(single))
    occurrences = list(reader.occurrences(single))
    return FoundEvidence(values=values, counted=len(reader.stated), occurrences=occurrences, flaws=notes.flaws)


class RecordReader:
    """Reads records against a rule sheet and the units of its year."""

    def __init__(self, sheet: RuleSheet, names: UnitNames, department: str, notes: PointedNotes) -> None:
        self.names, self.year, self.notes = names, sheet.year, notes
        self.headings = RecordFigureNames(sheet, asked_of(sheet, department), None)
        self.units: dict[str, int | ParseError] = {}
        self.labels: dict[str, PeriodLabel | ParseError] = {}
        self.to_read: dict[str, list[EvidenceRecord]] = {}
        self.stated: dict[int, int | str | None] = {}

    def fitting(self, record: EvidenceRecord) -> Fitting | None:
        """A record whose unit, figure and period fit together; what does not is noted."""
        unit, figure = self.unit(record), self.figure(record)
        label = self.label(record, figure)
        if len(record.remark) > MAX_REMARK_LENGTH:
            self.notes.note(("values", record.number, "remark"), REMARK_TOO_LONG, most=MAX_REMARK_LENGTH)
        if figure is not None and record.value is not None:
            self.to_read.setdefault(figure.id, []).append(record)
        if unit is not None and figure is not None and label is not None:
            return Fitting(record, unit, figure, label)
        self.check_cases(record, label)
        return None

    def check_cases(self, record: EvidenceRecord, label: PeriodLabel | None) -> None:
        """Note what is wrong with the cases of a record of which nothing is kept."""
        for number, case in enumerate(record.cases or ()):
            self.check_case(case, label, ("values", record.number, "occurrences", number))

    def unit(self, record: EvidenceRecord) -> int | None:
        """The place of the unit; what is wrong is noted."""
        if record.unit is None:
            return None
        if record.unit not in self.units:
            self.units[record.unit] = self.names.find(record.unit)
        return self.sound(self.units[record.unit], record, "unit")

    def sound(self, found: int | ParseError, record: EvidenceRecord, part: str) -> int | None:
        """What was found, or nothing where that is noted to be wrong."""
        if isinstance(found, ParseError):
            self.notes.note(("values", record.number, part), found.what)
            return None
        return found

    def figure(self, record: EvidenceRecord) -> AskedFigure | None:
        """The figure; what is wrong is noted."""
        if record.figure is None:
            return None
        meaning = self.headings.meaning(record.figure)
        if isinstance(meaning, OfFigure):
            return self.headings.figures[meaning.figure]
        known = meaning if isinstance(meaning, Foreign | ParseError) else self.headings.unknown(record.figure)
        why = known.why if isinstance(known, Foreign) else known.what
        self.notes.note(("values", record.number, "figure"), why)
        return None

    def label(self, record: EvidenceRecord, figure: AskedFigure | None) -> PeriodLabel | None:
        """The period, the whole year where none is stated; what is wrong is noted."""
        if record.period is None:
            return None
        at, found = ("values", record.number, "period"), self.read_label(record.period)
        if isinstance(found, ParseError):
            self.notes.note(at, found.what)
            return None
        if figure is None or found.period is figure.stated.period:
            return found
        often = figure.stated.period
        if record.period or often not in OFTEN:
            self.notes.note(at, misfit(figure, found, is_written=True))
        else:
            told = {"title": figure.title, "often": OFTEN[often], "example": PeriodLabel(self.year, often, 1)}
            self.notes.note(at, NO_PERIOD, **told)
        return None

    def read_label(self, text: str) -> PeriodLabel | ParseError:
        """The period that a text names."""
        if text not in self.labels:
            self.labels[text] = read_label(text, self.year) if text else year_label(self.year)
        return self.labels[text]

    def without_repeated(self, fitting: Iterable[Fitting]) -> Iterator[Fitting]:
        """The records, of those about the same thing the first; the others are noted."""
        before: dict[tuple[str, int, PeriodLabel], int] = {}
        for each in fitting:
            number = each.record.number
            first = before.setdefault((each.figure.id, each.unit, each.label), number)
            if first == number:
                yield each
                continue
            told = {"unit": self.names.units.names[each.unit], "title": each.figure.title, "period": each.label}
            place = self.notes.place(("values", first))._replace(file="")
            self.notes.note(("values", number), TWICE, before=place, **told)
            self.check_cases(each.record, each.label)

    def read_values(self) -> None:
        """Read every value whose figure is known, those of one figure together; what is wrong is noted."""
        for name, records in self.to_read.items():
            found, wrongs = read_entries(self.headings.figures[name].stated, [each.value or "" for each in records])
            for place, wrong in wrongs.items():
                self.notes.note(("values", records[place].number, "value"), wrong.what)
            self.stated.update(zip((each.number for each in records), found, strict=True))

    def values(self, fitting: Iterable[Fitting]) -> Iterator[FoundValue]:
        """The sound values, in the order of the document."""
        for each in fitting:
            value = self.stated.get(each.record.number)
            if value is not None:
                word, number = (value, None) if isinstance(value, str) else (None, value)
                place = self.notes.place(("values", each.record.number, "value"))
                code, remark = self.names.units.codes[each.unit], each.record.remark
                yield FoundValue(code, each.figure.id, str(each.label), number, word, place, remark)

    def occurrences(self, fitting: Iterable[Fitting]) -> Iterator[CountedCase]:
        """The cases behind counts; what is wrong with them, or with their number, is noted."""
        for each in fitting:
            if each.record.cases is None:
                continue
            at: Path = ("values", each.record.number, "occurrences")
            self.check_number(each, len(each.record.cases), at)
            code, figure, period = self.names.units.codes[each.unit], each.figure.id, str(each.label)
            for number, case in enumerate(each.record.cases):
                day, place = self.check_case(case, each.label, (*at, number)), self.notes.place((*at, number))
                said = (case.location or "", case.what or "", case.photo or "")
                yield CountedCase(code, figure, period, day, *said, place)

    def check_number(self, about: Fitting, cases: int, at: Path) -> None:
        """Note cases of what is no count, and a count that they do not bear out."""
        count = self.stated.get(about.record.number)
        if about.figure.stated.kind is not FigureKind.COUNT:
            self.notes.note(at, NOT_COUNTED, title=about.figure.title)
        elif isinstance(count, int) and count != cases * MILLION:
            self.notes.note(at, DISAGREE, title=about.figure.title, count=count // MILLION, cases=cases)

    def check_case(self, case: StatedCase, label: PeriodLabel | None, at: Path) -> date | None:
        """The day of a case; what is wrong with the case is noted."""
        texts = {"place": case.location, "what": case.what, "photo": case.photo}
        for part, lack in (("place", NO_LOCATION), ("what", NO_WHAT)):
            if texts[part] == "":
                self.notes.note((*at, part), lack)
        for part, text in texts.items():
            if len(text or "") > MAX_DETAIL_LENGTH:
                self.notes.note((*at, part), TOO_LONG, most=MAX_DETAIL_LENGTH)
        return self.day(case.day, label, (*at, "date"))

    def day(self, text: str | None, label: PeriodLabel | None, at: Path) -> date | None:
        """The day of a case; what is wrong is noted."""
        if text is None:
            return None
        found = read_date(text) if text else ParseError(NO_DAY.format(example=f"{self.year}-03-15"))
        if isinstance(found, date) and found.year != self.year:
            found = ParseError(OTHER_YEAR.format(text=quoted(text), year=self.year))
        if isinstance(found, ParseError):
            self.notes.note(at, found.what)
            return None
        if label is not None and label_on(found, label.period) != label:
            self.notes.note(at, OTHER_PERIOD, day=found, period=label)
        return found

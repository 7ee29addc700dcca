"""The first page of an archive: what came of the year and where everything lies; plain HTML without any script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from assess.core.archives import names
from assess.core.archives.manifest import ArchivedEdition, Manifest, SealedPaper
from assess.core.result_units import headed
from assess.core.scorecard.content import RankedLine, RankingTable
from assess.core.text import Language, Text
from assess.files.archives import words
from assess.files.archives.style import STYLE

PAGE: Final = """<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
<p class="language"><a href="{other}" lang="{other_lang}">{other_name}</a></p>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""
OTHER: Final[dict[Language, tuple[Language, str, str]]] = {"zh": ("en", "en", "English"), "en": ("zh", "zh-CN", "中文")}
STATES: Final = {
    "missing": words.MISSING, "not-applicable": words.NOT_APPLICABLE, "blocked": words.BLOCKED,
    "not-scored": words.NOT_SCORED, "no-group": words.NO_GROUP,
}  # fmt: skip
"""What stands in place of a total."""


def index_page(manifest: Manifest, tables: Sequence[RankingTable], language: Language) -> str:
    """The page in one language; the same archive gives the same page."""
    writer = IndexWriter(manifest, language)
    other, other_lang, other_name = OTHER[language]
    title = writer.say(words.TITLE, title=Text(manifest.title.get("zh", ""), manifest.title.get("en", "")))
    return PAGE.format(
        lang="zh-CN" if language == "zh" else "en", title=escape(title), style=STYLE, other=names.INDEX[other],
        other_lang=other_lang, other_name=other_name, body="\n".join(writer.body(tables)),
    )  # fmt: skip


class IndexWriter:
    """Writes the parts of the page."""

    def __init__(self, manifest: Manifest, language: Language) -> None:
        self.manifest = manifest
        self.language = language

    def say(self, text: Text, **facts: object) -> str:
        """A text in the language of the page."""
        return text.localized(self.language, **facts)

    def body(self, tables: Sequence[RankingTable]) -> Iterable[str]:
        """The parts in order."""
        newest = self.manifest.newest
        if self.manifest.demonstration:
            yield f'<p class="warning">{escape(self.say(words.DEMONSTRATION))}</p>'
        told = {"edition": newest.edition, "run": newest.run, "at": newest.sealed_at}
        yield f"<p>{escape(self.say(words.SEALED, **told))}</p>"
        if newest.reason:
            yield f"<p>{escape(self.say(words.REPLACES, edition=newest.replaces, reason=newest.reason))}</p>"
        yield self.heading(words.RESULTS)
        yield from (self.ranking(table, newest) for table in tables if table.rows)
        yield from self.documents()
        yield from self.workbooks()
        yield from self.deliveries()
        yield from self.scoring()
        yield from self.sources()
        yield from self.checking()

    def heading(self, text: Text) -> str:
        """A heading."""
        return f"<h2>{escape(self.say(text))}</h2>"

    def link(self, member: str, text: str) -> str:
        """A link to a member."""
        return f'<a href="{escape(member)}">{escape(text)}</a>'

    def table(self, caption: str, headings: Iterable[Text], rows: Iterable[Iterable[str]]) -> str:
        """A table whose cells are HTML; the first of a row heads it."""
        heads = [escape(self.say(each)) for each in headings]
        head = "".join(f'<th scope="col">{each}</th>' for each in heads)
        lines = (
            f'<tr><th scope="row">{first}</th>'
            + "".join(f'<td data-label="{name}">{cell}</td>' for name, cell in zip(heads[1:], rest, strict=True))
            + "</tr>"
            for first, *rest in rows
        )
        body = "\n".join(lines)
        inside = f"<caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>"
        return f"<table>{inside}</table>"

    def ranking(self, table: RankingTable, newest: ArchivedEdition) -> str:
        """The ranking of one group, with the cards of its units."""
        cards: dict[str, list[SealedPaper]] = {}
        for paper in newest.documents:
            cards.setdefault(paper.unit, []).append(paper)
        headings = (words.UNIT, words.RANK, headed(words.TOTAL, table.unit), words.GRADE, words.CONVERTED, words.CARD)
        rows = (self.ranked(row, table, cards.get(row.unit, [])) for row in table.rows)
        return self.table(self.say(table.title), headings, rows)

    def ranked(self, row: RankedLine, table: RankingTable, papers: Sequence[SealedPaper]) -> Iterable[str]:
        """The cells of one unit."""
        rank = self.say(words.OF, rank=row.rank, of=table.of) if row.rank else "–"
        total = row.total or self.say(STATES.get(row.state, words.NOT_SCORED))
        grade = "–" if row.grade is None else self.say(row.grade)
        yield from (escape(each) for each in (self.say(row.name), rank, total, grade, row.converted or "–"))
        yield " · ".join(
            self.link(each.file.member, words.LANGUAGES.get(each.language, each.language)) for each in papers
        )

    def documents(self) -> Iterable[str]:
        """The editions with their books and certificates."""
        yield self.heading(words.DOCUMENTS)
        headings = (words.EDITION, words.SEALED_AT, words.RUN, words.REASON, words.BOOK, words.CERTIFICATE)
        rows = []
        for each in sorted(self.manifest.editions, key=lambda edition: -edition.edition):
            books = (paper for paper in each.documents if not paper.unit)
            links = (self.link(paper.file.member, words.LANGUAGES.get(paper.language, "")) for paper in books)
            certificate = self.link(each.certificates, "PEM")
            cells = (
                escape(text)
                for text in (
                    self.say(words.NTH, edition=each.edition),
                    each.sealed_at,
                    str(each.run),
                    each.reason or "–",
                )
            )
            rows.append([*cells, " · ".join(links), certificate])
        yield self.table(self.say(words.EDITIONS), headings, rows)
        yield f"<p>{escape(self.say(words.OLDER))}</p>"

    def workbooks(self) -> Iterable[str]:
        """The workbooks."""
        yield self.heading(words.WORKBOOKS)
        rows = [
            [escape(self.say(what)), *(self.link(names.book(name, each), "Excel") for each in words.LANGUAGES)]
            for name, what in words.BOOKS.items()
        ]
        yield self.table(
            self.say(words.WORKBOOKS_SAID), (words.WORKBOOK, Text.same("中文"), Text.same("English")), rows
        )

    def scoring(self) -> Iterable[str]:
        """The runs and the rule sheet."""
        yield self.heading(words.SCORING)
        rules = (self.link(names.RULES, "YAML"), self.link(names.RULES_BOOK, "Excel"))
        yield f"<p>{escape(self.say(words.RULES))} {' · '.join(rules)}</p>"
        headings = (words.RUN, words.MADE_AT, words.INPUTS, words.RESULT, words.INPUT_DIGEST)
        rows = []
        for run in sorted(self.manifest.runs, key=lambda each: -each.number):
            results = f"{self.link(run.results.member, 'JSON')} · {self.link(run.table.member, 'CSV')}"
            digest = f'<span class="digest">{escape(run.inputs_digest)}</span>'
            number = escape(self.say(words.RUN_NO, n=run.number))
            rows.append([number, escape(run.made_at), self.link(run.inputs.member, "ZIP"), results, digest])
        yield self.table(self.say(words.RUNS), headings, rows)

    def sources(self) -> Iterable[str]:
        """The files that figures came from, and the log."""
        yield self.heading(words.SOURCES)
        if self.manifest.evidence:
            rows = [
                [self.link(each.file.member, each.name) if each.file else escape(each.name),
                 f'<span class="digest">{escape(each.sha256)}</span>']
                for each in self.manifest.evidence
            ]  # fmt: skip
            yield self.table(self.say(words.SOURCES_SAID), (words.FILE, Text.same("SHA-256")), rows)
        else:
            yield f"<p>{escape(self.say(words.NO_SOURCES))}</p>"
        log = self.manifest.log
        yield self.heading(words.LOG)
        told = escape(self.say(words.LOG_SAID, first=log.first, last=log.last))
        yield f'<p>{told} {self.link(log.file.member, names.LOG)}<br><span class="digest">{escape(log.head)}</span></p>'

    def deliveries(self) -> Iterable[str]:
        """What was handed over."""
        if not self.manifest.deliveries:
            return
        yield self.heading(words.DELIVERIES)
        rows = []
        for each in sorted(self.manifest.deliveries, key=lambda delivery: -delivery.number):
            links = " · ".join(self.link(file.member, file.member.rpartition("/")[2]) for file in each.files)
            number = escape(self.say(words.DELIVERY_NO, n=each.number))
            rows.append([number, escape(self.say(words.NTH, edition=each.edition)), escape(each.handed_at), links])
        headings = (words.DELIVERY, words.EDITION, words.HANDED, words.FILE)
        yield self.table(self.say(words.DELIVERIES_SAID), headings, rows)

    def checking(self) -> Iterable[str]:
        """How the archive is checked."""
        yield self.heading(words.CHECKING)
        yield f"<p>{escape(self.say(words.CHECKING_SAID))}</p>"
        files = (names.README, names.HASHES, names.MANIFEST, names.SEAL, names.CERTIFICATE)
        yield f"<ul>{''.join(f'<li>{self.link(each, each)}</li>' for each in files)}</ul>"
        made = self.say(words.MADE, at=self.manifest.made_at, engine=self.manifest.engine)
        yield f'<p class="quiet">{escape(made)}</p>'

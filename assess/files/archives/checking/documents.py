"""Whether every sealed document of an archive is there, sealed, unchanged, and states the run that it is of."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, get_args

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from assess.core.archives.manifest import ArchivedEdition, ArchivedRun, CheckOutcome, SealedPaper
from assess.core.explanations.lines import ResultLines
from assess.core.seals.kinds import DocumentKind, SealVerdict
from assess.core.text import Language, Text
from assess.files.archives.checking.contents import shown
from assess.files.archives.checking.opening import Lacking, OpenedArchive
from assess.files.archives.checking.scoring import UNREADABLE, named_told
from assess.files.archives.checking.sealing import NO_CERTIFICATE, certificate_told, certificates_of
from assess.files.archives.sealing import fingerprint
from assess.files.pdf_style.statement import facts_of, stated_in
from assess.files.sealing.checking import check_seal

EDITION: Final = Text(
    "第{n}版封存文件：{count}份，证书指纹 {print}",
    "Edition {n}: {count} sealed documents, certificate fingerprint {print}",
)
NOT_GENUINE: Final = Text("{name}：{verdict}", "{name}: {verdict}")
STATES: Final = Text(
    "{name}：文件载明“{fact}”为“{stated}”，而不是“{wanted}”。",
    "{name}: The sealed document states {fact} {stated}, not {wanted}.",
)
LACKS: Final = Text("缺少{kind}{unit}（{lang}）。", "The {kind} {unit} ({lang}) is missing.")
FACTS: Final = {
    "edition": Text("版次", "edition"), "run": Text("计分", "run"), "kind": Text("类型", "type"),
    "unit": Text("单位", "unit"), "language": Text("语言", "language"), "rules": Text("评分表摘要", "rule sheet"),
    "inputs": Text("数据摘要", "inputs"), "log": Text("日志摘要", "log"),
}  # fmt: skip


def check_edition(
    archive: OpenedArchive,
    edition: ArchivedEdition,
    run: ArchivedRun,
    lines: ResultLines | None,
    given: Collection[x509.Certificate],
) -> CheckOutcome:
    """Every document of an edition; `lines` tell whose cards there must be."""
    found = certificates_of(archive, edition.certificates)
    wrong = [] if found else [NO_CERTIFICATE.format(name=shown(edition.certificates))]
    if found:
        wrong += certificate_told(found, shown(edition.certificates), given)
    pem = "".join(each.public_bytes(Encoding.PEM).decode("ascii") for each in found)
    for paper in edition.documents:
        wrong += paper_told(archive, edition, run, paper, pem)
    wrong += lacking_told(edition, lines)
    facts = {"n": edition.edition, "count": len(edition.documents), "print": fingerprint(found[0]) if found else "–"}
    return CheckOutcome(EDITION.format(**facts), tuple(wrong))


def paper_told(
    archive: OpenedArchive, edition: ArchivedEdition, run: ArchivedRun, paper: SealedPaper, pem: str
) -> Iterator[Text]:
    """What is wrong with one document."""
    name = shown(paper.file.member)
    try:
        data = archive.read(paper.file.member)
    except Lacking:
        yield UNREADABLE.format(name=name)
        return
    yield from named_told(archive, paper.file)
    verdict = check_seal(data, [pem] if pem else [])
    if verdict is not SealVerdict.GENUINE:
        yield NOT_GENUINE.format(name=name, verdict=verdict.label)
        return
    kind = DocumentKind.BOOK if paper.kind == DocumentKind.BOOK else DocumentKind.CARD
    wanted = facts_of(
        kind, paper.unit, paper.language, edition=edition.edition, run=edition.run, rules=run.rule_digest,
        inputs=run.inputs_digest, log=edition.log_head,
    )  # fmt: skip
    stated = stated_in(data)
    for fact, text in wanted.items():
        if stated.get(fact, "") != text:
            facts = {"fact": FACTS[fact], "stated": shown(stated.get(fact, "")) or "–", "wanted": shown(text) or "–"}
            yield STATES.format(name=name, **facts)


def lacking_told(edition: ArchivedEdition, lines: ResultLines | None) -> Iterator[Text]:
    """Documents that an edition must have and that are not there."""
    there = {(each.kind, each.unit, each.language) for each in edition.documents}
    codes = () if lines is None else lines.results.inputs.units.codes
    for language in get_args(Language):
        for kind, unit in ((DocumentKind.BOOK, ""), *((DocumentKind.CARD, code) for code in codes)):
            if (kind.value, unit, language) not in there:
                yield LACKS.format(kind=kind.label, unit=unit, lang=language)

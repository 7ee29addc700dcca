"""`assess verify`: an archive of a year, a sealed document, or all that an instance keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from assess.cli.instance import open_instance, settings_here
from assess.cli.messages import language_option, one_line
from assess.core.archives.manifest import CheckOutcome
from assess.core.errors import Refused
from assess.core.seals.kinds import SealVerdict
from assess.core.text import Language, Text

if TYPE_CHECKING:
    from assess.files.archives.sealing import Certificates

PDF: Final = b"%PDF-"
ZIP: Final = b"PK"
HEAD: Final = 1024
MAX_PDF: Final = 64 << 20

SOUND: Final = Text("正确  {what}", "OK     {what}")
WRONG: Final = Text("错误  {what}", "WRONG  {what}")
ALL_SOUND: Final = Text("{n}项核验全部正确。", "All {n} checks passed.")
SOME_WRONG: Final = Text("发现{n}处错误。", "Errors found: {n}.")
ARCHIVE: Final = Text("{path}：SHA-256 {sha256}", "{path}: SHA-256 {sha256}")
ANCHOR: Final = Text(
    "档案自带的证书不能证明签章人身份。请将证书指纹与另行保存的核对，或用 --certificate 指定证书。",
    "An archive cannot prove by itself who sealed it. Compare the fingerprint with one recorded "
    "elsewhere, or name the certificate with --certificate.",
)
NO_FILE: Final = Text("{path}：没有这个文件，或无法读取。", "{path}: The file does not exist or cannot be read.")
NEITHER: Final = Text(
    "{path}：既不是年度档案（ZIP），也不是PDF文件。", "{path}: This is neither a year archive (zip) nor a PDF file."
)
NO_CERTIFICATE: Final = Text("{path}：没有PEM格式的证书。", "{path}: The file contains no PEM certificate.")
TOO_LARGE: Final = Text(
    "{path}：超过64 MB，不是本系统的封存文件。", "{path}: The file is over 64 MB, so it is not a sealed document."
)
JUDGED: Final = Text("{path}：{verdict}", "{path}: {verdict}")
REPLACED: Final = Text(
    "{year}年第{edition}版{kind}{name}，已由第{counting}版取代。",
    "{kind} {name}, {year}, edition {edition}: replaced by edition {counting}.",
)
COUNTS: Final = Text(
    "{year}年第{edition}版{kind}{name}，现行有效。", "{kind} {name}, {year}, edition {edition}: current."
)


@click.command()
@click.argument("path", type=click.Path(path_type=Path), required=False, metavar="[FILE]")
@click.option(
    "--certificate", "given", type=click.Path(path_type=Path), multiple=True,
    help="另行保存的签章证书（PEM），可重复 / seal certificate recorded elsewhere (PEM), repeatable",
)  # fmt: skip
@language_option
def verify(path: Path | None, *, given: tuple[Path, ...], language: Language) -> None:
    """核验年度档案、封存的PDF或整个实例（不指定文件时）；正确的退出码为0，否则为1。

    Verify a year archive, a sealed PDF or (without a file) the whole instance; exit 0 if all is right, 1 if not.
    """
    if path is None:
        sound = whole_instance(language)
    else:
        kind, certificates = kind_of(path, language), certificates_given(given, language)
        sound = archive(path, certificates, language) if kind == ZIP else document(path, given, language)
    if not sound:
        raise SystemExit(1)


def kind_of(path: Path, language: Language) -> bytes:
    """What a file is: by its first bytes, else by the end of its name.

    Raises:
        ClickException: it cannot be read, or is neither.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except (OSError, ValueError):
        raise refused(NO_FILE, language, path=path) from None
    if head.startswith(ZIP) or path.suffix.lower() == ".zip":
        return ZIP
    if PDF in head or path.suffix.lower() == ".pdf":
        return PDF
    raise refused(NEITHER, language, path=path)


def refused(what: Text, language: Language, **facts: object) -> click.ClickException:
    """What stops the check."""
    return click.ClickException(one_line(what.localized(language, **facts)))


def certificates_given(paths: Sequence[Path], language: Language) -> Certificates:
    """The certificates in the files that were named.

    Raises:
        ClickException: a file holds none.
    """
    # slow library
    from assess.files.archives.sealing import certificates_read

    found: Certificates = []
    for path in paths:
        try:
            found += certificates_read(path.read_bytes())
        except (OSError, ValueError):
            raise refused(NO_CERTIFICATE, language, path=path) from None
    return found


def archive(path: Path, given: Certificates, language: Language) -> bool:
    """Whether an archive is right in everything; says what was checked."""
    # slow library
    from assess.files.archives.checking import check_archive

    # slow library
    from assess.files.archives.checking.opening import whole_digest

    try:
        sha256 = whole_digest(path)
        click.echo(one_line(ARCHIVE.localized(language, path=path, sha256=sha256)))
        sound = print_outcomes(check_archive(path, given), language)
    except Refused as error:
        raise click.ClickException(one_line(error.what.localized(language))) from None
    if not given:
        click.echo(ANCHOR.localized(language))
    return sound


def print_outcomes(outcomes: Iterable[CheckOutcome], language: Language) -> bool:
    """Whether everything is right; each thing on a line, and below it what is wrong."""
    checks = wrongs = 0
    for outcome in outcomes:
        checks, wrongs = checks + 1, wrongs + len(outcome.wrong)
        head = WRONG if outcome.wrong else SOUND
        click.echo(one_line(head.localized(language, what=outcome.what)))
        for wrong in outcome.wrong:
            click.echo(f"       {one_line(wrong.localized(language))}")
    click.echo(SOME_WRONG.localized(language, n=wrongs) if wrongs else ALL_SOUND.localized(language, n=checks))
    return not wrongs


def document(path: Path, given: Sequence[Path], language: Language) -> bool:
    """Whether a sealed document is genuine: by certificates, or by those of the instance and its records."""
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_PDF else None
    except OSError:
        raise refused(NO_FILE, language, path=path) from None
    if data is None:
        raise refused(TOO_LARGE, language, path=path)
    return by_certificates(path, data, given, language) if given else by_instance(path, data, language)


def by_certificates(path: Path, data: bytes, given: Sequence[Path], language: Language) -> bool:
    """Whether a document was sealed with one of these certificates and is unchanged."""
    # slow library
    from assess.files.sealing.checking import check_seal

    verdict = check_seal(data, [each.read_text("ascii") for each in given])
    click.echo(one_line(JUDGED.localized(language, path=path, verdict=verdict.label)))
    return verdict is SealVerdict.GENUINE


def by_instance(path: Path, data: bytes, language: Language) -> bool:
    """Whether a document was sealed by this instance and is unchanged; says whether it still counts."""
    # slow library
    from assess.services.seals import check_file

    with open_instance(settings_here()) as database, database.reading() as session:
        checked = check_file(session, data)
    click.echo(one_line(JUDGED.localized(language, path=path, verdict=checked.verdict.label)))
    if checked.known is not None and checked.verdict is SealVerdict.GENUINE:
        row, seal = checked.known.document, checked.known.seal
        facts = {"year": row.year, "edition": seal.edition, "kind": row.kind.label, "name": row.name}
        what = REPLACED if checked.known.is_replaced else COUNTS
        click.echo(one_line(what.localized(language, counting=checked.known.counting.edition, **facts)))
    return checked.verdict is SealVerdict.GENUINE


def whole_instance(language: Language) -> bool:
    """Whether all that the instance keeps is right."""
    # slow library
    from assess.services.archives.instance import check_instance

    settings = settings_here()
    with open_instance(settings) as database:
        return print_outcomes(check_instance(database, folder=settings.uploads), language)

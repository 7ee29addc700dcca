"""`assess verify`: whatever was changed in an archive, a sealed document or an instance is found and named."""

from __future__ import annotations

import random
import shutil
import sqlite3
import struct
from pathlib import Path

import pytest

import assess
from assess.core.archives import names
from assess.core.errors import Refused
from assess.core.methods import counting
from assess.core.text import Text
from assess.files.archives.checking.opening import opened
from assess.files.archives.checking.scoring import OTHER_ENGINE, RUN_OF_OTHER
from assess.files.archives.checking.sealing import check_archive_seal
from tests.cli.archived import (
    BOOK,
    CARD,
    RUN,
    Archived,
    an_archived_instance,
    digest,
    flipped,
    packed,
    resealed,
    rewritten,
)
from tests.cli.running import Ended, run

CHECKS = 10
ANCHOR = (
    "An archive cannot prove by itself who sealed it. Compare the fingerprint with one recorded "
    "elsewhere, or name the certificate with --certificate."
)


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Archived:
    """The instance and its archive, for all tests."""
    return an_archived_instance(tmp_path_factory.mktemp("archived"), sqlite_template)


def verified(path: Path, *more: str) -> Ended:
    """What `assess verify` says of a file, in English."""
    return run("verify", str(path), "--lang", "en", *more)


def wrongs(ended: Ended) -> list[str]:
    """What is wrong and where, without what is right."""
    assert ended.code == 1, ended
    lines = ended.out.splitlines()
    return [line for line in lines if line.startswith(("WRONG", "     "))]


def test_an_archive_is_right_in_everything(archived: Archived, tmp_path: Path):
    certificate, log = archived.certificate, archived.manifest.log
    other = tmp_path / "none.pem"
    other.write_text("no")

    ended = verified(archived.path)

    assert ended == Ended(0, "\n".join([
        f"{archived.path}: SHA-256 {digest(archived.path.read_bytes())}",
        f"OK     Seal of the archive, certificate fingerprint {certificate}",
        "OK     File list: SHA-256 of 24 files",
        "OK     Manifest",
        f"OK     Rule sheet, {archived.manifest.runs[0].rule_digest}",
        "OK     Run 1: repeated from its frozen inputs",
        f"OK     Edition 1: 6 sealed documents, certificate fingerprint {certificate}",
        f"OK     Audit log: entries {log.first} to {log.last}, last digest {log.head}",
        "OK     Source files of figures: 0",
        "OK     Handovers: 0",
        "OK     Front pages and rankings (Excel)",
        f"All {CHECKS} checks passed.",
        ANCHOR,
        "",
    ]), [])  # fmt: skip
    assert verified(archived.path, "--certificate", str(other)).err == [
        f"Error: {other}: The file contains no PEM certificate."
    ]


def test_runs_of_another_version_are_right_in_other_words_and_wrong_in_other_points(
    archived: Archived, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    run_ = archived.manifest.runs[0]
    monkeypatch.setattr(assess, "__version__", "9.0")
    monkeypatch.setattr(counting, "OF_FULL", Text("满分 {full}", "Out of {full}"))
    ended = verified(archived.path)
    other = RUN_OF_OTHER.localized("en", n=1, then=run_.engine)
    assert (ended.code, f"OK     {other}" in ended.out.splitlines()) == (0, True)

    results = archived.members()[f"{RUN}results.json"]
    changed = {f"{RUN}results.json": results.replace(b'"score": "1.20"', b'"score": "1.30"', 1)}
    assert changed[f"{RUN}results.json"] != results
    told = wrongs(verified(rewritten(archived, tmp_path / "changed.zip", changed)))
    engine = OTHER_ENGINE.localized("en", then=run_.engine, now="9.0")
    assert told[told.index(f"WRONG  {other}") + 1] == (
        f"       runs/run-1/results.json: Scoring the frozen inputs again gives another result{engine}."
    )


def test_one_byte_changed_in_any_member_is_named(archived: Archived, tmp_path: Path):
    changed = [
        BOOK, f"{RUN}inputs.zip", f"{RUN}results.json", names.RULES, names.LOG, names.INDEX["zh"], names.CERTIFICATE,
    ]  # fmt: skip
    told = archived.manifest

    assert wrongs(verified(flipped(archived, tmp_path / "changed.zip", changed))) == [
        "WRONG  Seal of the archive",
        "       certificates/archive.pem: The file is missing, damaged or not a certificate.",
        f"       The first {archived.covers} bytes differ from what was sealed. Their SHA-256 differs.",
        "WRONG  File list: SHA-256 of 24 files",
        *(f"       {name}: The file is damaged and cannot be read." for name in changed),
        f"WRONG  Rule sheet, {told.runs[0].rule_digest}",
        "       rules/rule-sheet.yaml: The file cannot be read and was not checked.",
        "WRONG  Run 1: repeated from its frozen inputs",
        "       runs/run-1/inputs.zip: The file cannot be read and was not checked.",
        f"WRONG  Edition 1: 6 sealed documents, certificate fingerprint {archived.certificate}",
        f"       {BOOK}: The file cannot be read and was not checked.",
        f"WRONG  Audit log: entries {told.log.first} to {told.log.last}, last digest {told.log.head}",
        "       audit/log.jsonl: The file cannot be read and was not checked.",
    ]


def test_who_makes_the_list_of_digests_agree_is_found_by_seals_replay_and_log(archived: Archived, tmp_path: Path):
    changed = (CARD, f"{RUN}results.json", names.LOG, names.RULES, names.INDEX["en"], "excel/findings-zh.xlsx")
    told = archived.manifest
    log = archived.members()[names.LOG]
    entry = told.log.first + log[: len(log) // 2].count(b"\n")

    assert wrongs(verified(rewritten(archived, tmp_path / "changed.zip", archived.one_byte_in(*changed)))) == [
        f"WRONG  Seal of the archive, certificate fingerprint {archived.certificate}",
        "       seal.json does not cover everything before it.",
        f"       The first {archived.covers} bytes differ from what was sealed. Their SHA-256 differs.",
        f"WRONG  Rule sheet, {told.runs[0].rule_digest}",
        "       rules/rule-sheet.yaml: This is not a complete rule sheet.",
        "WRONG  Run 1: repeated from its frozen inputs",
        "       runs/run-1/results.json: Scoring the frozen inputs again gives another result.",
        f"WRONG  Edition 1: 6 sealed documents, certificate fingerprint {archived.certificate}",
        f"       {CARD}: Changed or damaged after it was sealed",
        f"WRONG  Audit log: entries {told.log.first} to {told.log.last}, last digest {told.log.head}",
        f"       audit/log.jsonl: The digest of entry {entry} does not match its content. The entry was changed after "
        "it was written.",
        "WRONG  Front pages and rankings (Excel)",
        "       index-en.html: The contents differ from the scoring results.",
    ]


def test_who_seals_anew_with_another_key_is_found_by_what_the_sealed_documents_state(
    archived: Archived, tmp_path: Path
):
    members, ours = archived.members(), tmp_path / "ours.pem"
    ours.write_bytes(members["certificates/edition-1.pem"])
    changes = {
        CARD: members[CARD.replace("001-110105001", "002-110105002")],
        f"{RUN}results.csv": members[f"{RUN}results.csv"] + b"x",
        "excel/ranking-en.xlsx": members["excel/ranking-zh.xlsx"],
    }
    other = resealed(archived, tmp_path / "other.zip", changes, tmp_path)
    theirs = Archived(tmp_path, other).certificate

    ended = verified(other, "--certificate", str(ours))
    assert ended.out.splitlines()[-1] == "Errors found: 4."
    assert wrongs(ended) == [
        f"WRONG  Seal of the archive, certificate fingerprint {theirs}",
        f"       certificates/archive.pem: This is not the certificate that was given. Its fingerprint is {theirs}.",
        "WRONG  Run 1: repeated from its frozen inputs",
        "       runs/run-1/results.csv: Scoring the frozen inputs again gives another result.",
        f"WRONG  Edition 1: 6 sealed documents, certificate fingerprint {archived.certificate}",
        f"       {CARD}: The sealed document states unit 110105002, not 110105001.",
        "WRONG  Front pages and rankings (Excel)",
        "       excel/ranking-en.xlsx: The contents differ from the scoring results.",
    ]


def test_no_byte_of_an_archive_can_be_changed_unseen(archived: Archived, tmp_path: Path):
    data, path, chance = archived.path.read_bytes(), tmp_path / "changed.zip", random.Random(2026)
    before, after = range(archived.covers), range(archived.covers, len(data))
    for at in (*chance.sample(before, 40), *chance.sample(after, 60)):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
        assert seal_told(path) != [], at
    for shorter in (data[:-1], data[: len(data) // 2], data[1:], data + b"x"):
        path.write_bytes(shorter)
        assert seal_told(path) != []


def seal_told(path: Path) -> list[str]:
    """What is wrong with the seal of an archive, or with the file."""
    try:
        with opened(path) as archive:
            return [told.en for told in check_archive_seal(archive, []).wrong]
    except Refused as refused:
        return [refused.what.en]


def test_hostile_archives_are_told_plainly(archived: Archived, tmp_path: Path):
    members = archived.members()
    cut, empty, text, lying = (tmp_path / name for name in ("cut.zip", "empty.zip", "text.txt", "lying.zip"))
    cut.write_bytes(archived.path.read_bytes()[:-500])
    text.write_text("no")
    packed({}, empty)
    lying.write_bytes(lied(packed({"a": b"x"}, lying).read_bytes(), 3 << 30))
    odd = {**members, "../../etc/passwd": b"x", "C:/x": b"x", "new.html": b"<script>", "runs/\x1b[2J": b"x"}
    del odd[BOOK], odd[names.SEAL]

    assert verified(cut).err == [
        f"Error: {cut}: The zip file is incomplete, or something was added to its end. Get it again, then verify it."
    ]
    assert verified(text).err == [f"Error: {text}: This is neither a year archive (zip) nor a PDF file."]
    assert verified(tmp_path / "none").err == [
        f"Error: {tmp_path / 'none'}: The file does not exist or cannot be read."
    ]
    assert wrongs(verified(empty)) == [
        "WRONG  Seal of the archive",
        "       certificates/archive.pem: The file is missing, damaged or not a certificate.",
        "       seal.json: The file is missing, damaged or changed.",
        "WRONG  File list: SHA-256 of 0 files",
        "       SHA256SUMS.txt: The file is missing, damaged or not a list of SHA-256 digests.",
        "WRONG  Manifest",
        "       manifest.json: The file is missing, damaged or not the manifest of a year archive of "
        "this service. The rest cannot be checked.",
    ]
    assert verified(lying).code == 1
    found = wrongs(verified(packed(odd, tmp_path / "odd.zip")))
    start = found.index("WRONG  File list: SHA-256 of 24 files")
    unsafe, extra = ("../../etc/passwd", "C:/x", "runs/?[2J"), ("../../etc/passwd", "C:/x", "new.html", "runs/?[2J")
    assert found[start + 1 : start + 9] == [
        *(f"       “{name}”: The name points outside the archive." for name in unsafe),
        f"       {BOOK}: In the list but not in the archive.",
        *(f"       {name}: In the archive but not in the list." for name in extra),
    ]


def lied(data: bytes, size: int) -> bytes:
    """A zip of one member that says it is so large once unpacked."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<L", size) + data[at + 28 :]


def test_whatever_was_changed_in_an_instance_is_found_and_named(
    archived: Archived, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    instance = tmp_path / "instance"
    shutil.copytree(archived.instance, instance)
    monkeypatch.setenv("ASSESS_INSTANCE", str(instance))
    whole = run("verify", "--lang", "en")
    assert (whole.code, whole.out.splitlines()[-1]) == (0, "All 5 checks passed.")

    run_, edition = archived.manifest.runs[0], archived.manifest.editions[0]
    card = next(each for each in edition.documents if each.file.member == CARD)
    results, paper = run_.results.sha256, card.file.sha256
    for sha256 in (results, paper):
        one_byte(instance / "uploads" / sha256[:2] / sha256)
    head = change(instance / "assess.db")

    files = {paper: "card-110105001-zh.pdf", results: "results.json"}
    assert wrongs(run("verify", "--lang", "en")) == [
        f"WRONG  Audit log: 4 entries, last digest {head}",
        "       The digest of entry 5 does not match its content. The entry was changed after it was written.",
        "WRONG  Stored files: 9",
        *(f"       The file {files[sha256]} ({sha256}) was changed. Its SHA-256 differs." for sha256 in sorted(files)),
        "WRONG  Rule sheets: 1 versions",
        "       Version 1 of the rule sheet of 2026 was changed. Its digest differs.",
        "WRONG  2026, run 1: repeated",
        "       Stored results: changed, the SHA-256 differs.",
        "       The rule sheet in the database is not the one used for scoring.",
        "       item 110105002 air.pm25-target, score: 1.30 in the database, 1.20 when repeated",
        "WRONG  2026, edition 1: 6 sealed documents",
        f"       Scorecard 110105001 (zh, {card.code}): Changed or damaged after it was sealed",
    ]


def one_byte(path: Path) -> None:
    """Change one byte in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def change(database: Path) -> str:
    """Change a line, the rule sheet and entry 5 of the log, past what the database refuses; the digest of entry 4."""
    connection = sqlite3.connect(database)
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    with connection:
        connection.execute("UPDATE run_line SET score = '1.30' WHERE unit = '110105002' AND node = 'air.pm25-target'")
        connection.execute('UPDATE sheet_version SET tree = replace(tree, \'"year": "2026"\', \'"year": "2025"\')')
        connection.execute("UPDATE audit_entry SET actor = 'nobody' WHERE number = 5")
    (head,) = connection.execute("SELECT digest FROM audit_entry WHERE number = 4").fetchone()
    connection.close()
    return str(head)


def test_a_sealed_document_is_judged_by_the_instance_or_by_a_certificate(
    archived: Archived, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("ASSESS_INSTANCE", str(archived.instance))
    members = archived.members()
    card, altered, ours, plain = (tmp_path / name for name in ("card.pdf", "altered.pdf", "ours.pem", "plain.pdf"))
    card.write_bytes(members[CARD])
    altered.write_bytes(archived.one_byte_in(CARD)[CARD])
    ours.write_bytes(members[names.CERTIFICATE])
    plain.write_bytes(b"%PDF-1.7")

    assert verified(card) == Ended(
        0, f"{card}: Exactly as it was sealed\nScorecard Jianwai Subdistrict, 2026, edition 1: current.\n", []
    )
    assert verified(card, "--certificate", str(ours)) == Ended(0, f"{card}: Exactly as it was sealed\n", [])
    for options in ((), ("--certificate", str(ours))):
        ended = verified(altered, *options)
        assert ended == Ended(1, f"{altered}: Changed or damaged after it was sealed\n", [])
    assert verified(plain) == Ended(1, f"{plain}: Not sealed\n", [])

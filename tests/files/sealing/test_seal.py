from __future__ import annotations

import random
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pypdf import PdfReader, PdfWriter

from assess.core.errors import Refused
from assess.core.seals.kinds import SealVerdict
from assess.files.sealing import checking
from assess.files.sealing.checking import check_seal
from assess.files.sealing.keys import SealKey
from assess.files.sealing.signing import SealMark, embedded, seal_pdf
from tests.files.cards import a_card
from tests.files.rankings import a_table
from tests.files.reading import text_of
from tests.files.sealing.certificates import NOW, Issued, a_key, issued
from tests.files.written_cards import a_document
from tests.rounds import examples

MARK = SealMark(NOW, "2026年度考核最终结果，第1版", "https://assess.example/check/42SK-SPVW-DN6D")


def key_of(held: Issued, *vouching: Issued) -> SealKey:
    return SealKey(held.key, held.certificate, tuple(each.certificate for each in vouching), Path("seal.pem"))


@cache
def a_plain_card() -> bytes:
    return a_document(a_card(8), a_table())


@cache
def our_key() -> SealKey:
    return key_of(issued("District"))


@cache
def a_sealed_card() -> bytes:
    return seal_pdf(a_plain_card(), our_key(), MARK)


def verdict(data: bytes) -> SealVerdict:
    return check_seal(data, [key_of(issued("Before")).certificates, our_key().certificates])


def test_a_sealed_card_is_the_card_and_a_seal_after_it_and_the_same_each_time():
    sealed = a_sealed_card()

    assert sealed.startswith(a_plain_card())
    assert seal_pdf(a_plain_card(), our_key(), MARK) == sealed
    assert text_of(sealed) == text_of(a_plain_card())
    assert PdfReader(BytesIO(sealed)).metadata == PdfReader(BytesIO(a_plain_card())).metadata
    assert len(sealed) - len(a_plain_card()) < 6000


@pytest.mark.parametrize("kind", ["P-256", "with those that vouch", "RSA"])
def test_readers_of_pdf_find_the_seal_whole_and_so_do_we(kind: str):
    root = issued("Root")
    held = {
        "P-256": key_of(issued("District")),
        "with those that vouch": key_of(issued("District", by=root), root),
        "RSA": key_of(issued("District", rsa.generate_private_key(65537, 2048))),
    }[kind]
    sealed = seal_pdf(a_plain_card(), held, MARK)
    [found] = PdfFileReader(BytesIO(sealed)).embedded_signatures
    trusted = ValidationContext(trust_roots=[embedded((*held.chain, held.certificate)[0])], moment=NOW)
    status = validate_pdf_signature(found, trusted)

    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert (status.coverage, status.docmdp_ok) == (SignatureCoverageLevel.ENTIRE_FILE, True)
    assert (found.sig_object["/SubFilter"], found.self_reported_timestamp) == ("/ETSI.CAdES.detached", NOW)
    assert (found.sig_object["/Reason"], found.sig_object["/ContactInfo"]) == MARK[1:]
    assert check_seal(sealed, [held.certificates]) == SealVerdict.GENUINE


@settings(max_examples=examples(40))
@given(st.floats(0, 1, exclude_max=True), st.integers(0, 7))
@example(0, 0)
def test_one_flipped_bit_is_found_wherever_it_is(place: float, bit: int):
    changed = bytearray(a_sealed_card())
    changed[int(place * len(changed))] ^= 1 << bit

    assert verdict(bytes(changed)) == SealVerdict.ALTERED


def test_one_flipped_bit_in_the_seal_itself_is_found_even_where_the_signature_says_nothing_of_it():
    sealed, chance = a_sealed_card(), random.Random(7)
    start, end = sealed.rindex(b"/Contents <"), sealed.rindex(b">\n/ByteRange")
    found = set()
    for place in chance.sample(range(start, end + 1), 80):
        for bit in (chance.randrange(8), 5):
            changed = bytearray(sealed)
            changed[place] ^= 1 << bit
            found.add(verdict(bytes(changed)))

    assert found == {SealVerdict.ALTERED}


def with_more(sealed: bytes) -> bytes:
    """The file with an honest further revision, as a reader of PDF saves a note."""
    writer = IncrementalPdfFileWriter(BytesIO(sealed))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def saved_anew(sealed: bytes) -> bytes:
    writer = PdfWriter(BytesIO(sealed))
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def locked(plain: bytes) -> bytes:
    writer = PdfWriter(BytesIO(plain))
    writer.encrypt("geheim", algorithm="RC4-128")
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_a_file_that_was_sealed_is_told_from_one_that_more_was_done_to():
    sealed = a_sealed_card()
    foreign = seal_pdf(a_plain_card(), key_of(issued("District")), MARK)
    files = {
        sealed: SealVerdict.GENUINE,
        with_more(sealed): SealVerdict.ADDED,
        sealed + b"\n": SealVerdict.ADDED,
        sealed[:-1]: SealVerdict.ALTERED,
        b"\n" + sealed: SealVerdict.ALTERED,
        sealed.replace(b"<3082", b"<30820000" + b"30" * 40_000, 1): SealVerdict.ALTERED,
        a_plain_card(): SealVerdict.UNSEALED,
        foreign: SealVerdict.FOREIGN,
        locked(a_plain_card()): SealVerdict.LOCKED,
    }

    assert [verdict(data) for data in files] == list(files.values())
    assert check_seal(saved_anew(sealed), [our_key().certificates]) != SealVerdict.GENUINE


def test_a_file_that_nobody_should_send_gets_a_plain_answer():
    files = {
        b"": SealVerdict.NO_PDF,
        b"\x89PNG\r\n\x1a\n" + bytes(100): SealVerdict.NO_PDF,
        b"%PDF-1.7": SealVerdict.UNSEALED,
        b"%PDF-1.7" + b"/ByteRange [0 1 2 3]" * 10_000: SealVerdict.FOREIGN,
        b"%PDF-1.7/ByteRange [0 1 2 3" + b" " * 100_000: SealVerdict.FOREIGN,
        b"%PDF-1.7/ByteRange [0 1 9999999999 9999999999]": SealVerdict.FOREIGN,
        b"%PDF-1.7" + bytes(checking.MAX_BYTES): SealVerdict.TOO_LARGE,
    }

    assert [verdict(data) for data in files] == list(files.values())


def test_a_certificate_that_has_run_out_seals_nothing():
    with pytest.raises(Refused):
        seal_pdf(a_plain_card(), our_key(), MARK._replace(at=NOW + timedelta(days=400)))


def test_a_seal_is_told_by_its_key_and_not_by_a_certificate_with_the_same_name_and_number():
    ours = issued("District")
    stranger = SealKey(a_key(), ours.certificate, (), Path("seal.pem"))

    assert check_seal(seal_pdf(a_plain_card(), stranger, MARK), [key_of(ours).certificates]) == SealVerdict.ALTERED

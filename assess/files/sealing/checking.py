"""Telling a sealed document from any other file, by its bytes alone.

A seal covers every byte of the file but the room it stands in, and that room may hold nothing but the seal. So no
reader of PDF is needed, nor one that could be led astray: where the seal is ours and its digest is right, the file is,
byte for byte, the one that was sealed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, NamedTuple

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from assess.core.seals.kinds import SealVerdict

__all__ = ["check_seal"]

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_SEALS: Final = 20
MAX_ROOM: Final = 128 * 1024
"""The most characters that a seal of ours ever takes."""
HEAD: Final = 1024
"""A PDF says so within its first bytes."""
RANGE: Final = re.compile(rb"/ByteRange[ \r\n]{0,9}\[ {0,9}0 {1,9}(\d{1,10}) {1,9}(\d{1,10}) {1,9}(\d{1,10}) {0,9}\]")
ROOM: Final = re.compile(rb"<([0-9A-F]*)>")


class SealRange(NamedTuple):
    """Where a seal stands in a file: what it covers is before `start` and from `end` on, `size` bytes in all."""

    start: int
    end: int
    size: int


def check_seal(data: bytes, certificates: Iterable[str]) -> SealVerdict:
    """How a file stands to the seals that were made with these certificates.

    Args:
        data: the file, whatever it may be.
        certificates: the certificate of each key that ever sealed, with those that vouch for it, as PEM.
    """
    if len(data) > MAX_BYTES:
        return SealVerdict.TOO_LARGE
    ours = [x509.load_pem_x509_certificates(each.encode("ascii")) for each in certificates]
    whole = [place for place in places(data) if any(is_sealed(data, place, held) for held in ours)]
    if any(place.size == len(data) for place in whole):
        return SealVerdict.GENUINE
    if whole:
        return SealVerdict.ADDED
    if any(is_marked(data, held[0]) for held in ours):
        return SealVerdict.ALTERED
    if b"%PDF-" not in data[:HEAD]:
        return SealVerdict.NO_PDF
    if b"/ByteRange" in data:
        return SealVerdict.FOREIGN
    return SealVerdict.LOCKED if b"/Encrypt" in data else SealVerdict.UNSEALED


def places(data: bytes) -> Iterator[SealRange]:
    """Where seals stand in a file, the last first."""
    for found in islice(reversed(list(islice(RANGE.finditer(data), 1000))), MAX_SEALS):
        start, end, rest = map(int, found.groups())
        if start < end and end - start <= MAX_ROOM and end + rest <= len(data):
            yield SealRange(start, end, end + rest)


def is_sealed(data: bytes, place: SealRange, held: list[x509.Certificate]) -> bool:
    """Whether a seal of this certificate covers the file up to its end, or what the file was before more was added."""
    seal = seal_in(data[place.start : place.end])
    digest = hashlib.sha256(data[: place.start])
    digest.update(data[place.end : place.size])
    return seal is not None and is_made_with(seal, digest.digest(), held)


def seal_in(room: bytes) -> bytes | None:
    """The seal that stands in its room, followed by zeros alone."""
    found = ROOM.fullmatch(room)
    if found is None or len(found[1]) % 2:
        return None
    held = bytes.fromhex(found[1].decode("ascii"))
    if len(held) < 4 or held[:2] != b"\x30\x82":
        return None
    length = 4 + int.from_bytes(held[2:4], "big")
    return held[:length] if length <= len(held) and not any(held[length:]) else None


def is_made_with(seal: bytes, digest: bytes, held: list[x509.Certificate]) -> bool:
    """Whether a seal says this digest, is signed with the key of the first certificate, and says nothing more."""
    try:
        told = cms.ContentInfo.load(seal, strict=True)["content"]["signer_infos"][0]
        attributes, signature = told["signed_attrs"].untag(), told["signature"].native
        stated = [each["values"][0].native for each in attributes if each["type"].native == "message_digest"]
        plain = rebuilt(attributes, signature, held)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError):
        return False
    return stated == [digest] and plain == seal and is_signed(held[0], signature, attributes.dump())


def rebuilt(attributes: Any, signature: bytes, held: list[x509.Certificate]) -> bytes:
    """The seal as we would have written it around these attributes: what is not signed must be the same too."""
    certificates = [cms.CertificateChoices.load(each.public_bytes(Encoding.DER)) for each in held]
    signer = certificates[0].chosen
    on_curve = isinstance(held[0].public_key(), ec.EllipticCurvePublicKey)
    told = {
        "version": "v1",
        "sid": {"issuer_and_serial_number": {"issuer": signer.issuer, "serial_number": signer.serial_number}},
        "digest_algorithm": {"algorithm": "sha256"},
        "signature_algorithm": {"algorithm": "sha256_ecdsa" if on_curve else "sha256_rsa"},
        "signed_attrs": attributes,
        "signature": signature,
    }
    content = {
        "version": "v1",
        "digest_algorithms": [{"algorithm": "sha256"}],
        "encap_content_info": {"content_type": "data"},
        "certificates": certificates,
        "signer_infos": [told],
    }
    whole: bytes = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)}).dump()
    return whole


def is_signed(certificate: x509.Certificate, signature: bytes, told: bytes) -> bool:
    """Whether the key of a certificate signed this."""
    public = certificate.public_key()
    try:
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, told, ec.ECDSA(hashes.SHA256()))
        elif isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, told, padding.PKCS1v15(), hashes.SHA256())
        else:
            return False
    except InvalidSignature:
        return False
    return True


def is_marked(data: bytes, certificate: x509.Certificate) -> bool:
    """Whether a file holds either half of a certificate as seals do: so it was once sealed with it."""
    held = certificate.public_bytes(Encoding.DER).hex().upper().encode("ascii")
    middle = len(held) // 2
    return held[:middle] in data or held[middle:] in data

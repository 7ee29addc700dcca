"""Signing a PDF document: PAdES, so that any reader of PDF can tell that it was not changed.

pyHanko needs half a second to load: whoever calls this imports it when a document is sealed.
"""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, datetime
from io import BytesIO
from typing import Final, NamedTuple

from asn1crypto import x509 as asn1_x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigMDPSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from assess.files.sealing.keys import SealKey

__all__ = ["SealMark", "seal_pdf"]

FIELD: Final = "Seal"
DIGEST: Final = "sha256"
FRAME: Final = 1024
"""How many bytes a seal takes beside certificates and signature, and some to spare."""


class SealMark(NamedTuple):
    """What the seal says of itself to a reader of PDF: when, why, and where the document can be checked."""

    at: datetime
    reason: str
    address: str


def seal_pdf(pdf: bytes, key: SealKey, mark: SealMark) -> bytes:
    """The document with its seal; the same document, key and mark give the same bytes.

    The seal is a certification that allows no changes; it has no appearance of its own on a page.

    Raises:
        Refused: the certificate is not valid at the time of the seal.
    """
    key.check_valid(mark.at)
    writer = SteadyWriter(BytesIO(pdf))
    steps = PdfCMSEmbedder(SigFieldSpec(FIELD, on_page=0)).write_cms(FIELD, writer)
    next(steps)
    steps.send(SigObjSetup(placeholder(key, mark), SigMDPSetup(DIGEST, certify=True, docmdp_perms=MDPPerm.NO_CHANGES)))
    prepared, output = steps.send(SigIOSetup(DIGEST, in_place=True))
    steps.send(asyncio.run(KeySigner(key).async_sign(prepared.document_digest, DIGEST, use_pades=True)))
    sealed: bytes = output.getvalue()
    return sealed


def placeholder(key: SealKey, mark: SealMark) -> SignatureObject:
    """The seal as it stands in the document, with room for the signature."""
    size = FRAME + key.private.key_size // 4 + sum(map(len, map(der, (key.certificate, *key.chain))))
    return SignatureObject(
        timestamp=mark.at.astimezone(UTC),
        bytes_reserved=2 * size,
        subfilter=SigSeedSubFilter.PADES,
        reason=mark.reason,
        contact_info=mark.address,
    )


def der(certificate: Certificate) -> bytes:
    """A certificate as it is embedded."""
    return certificate.public_bytes(Encoding.DER)


class SteadyWriter(IncrementalPdfFileWriter):
    """Adds to a document what follows from it alone: no time of writing, no random number."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> generic.ArrayObject:
        first = prev.trailer["/ID"][0].original_bytes
        second = hashlib.sha256(first + FIELD.encode()).digest()[: len(first)]
        return generic.ArrayObject([generic.ByteStringObject(first), generic.ByteStringObject(second)])

    def _update_meta(self) -> None:
        """Title, author and dates stay as they are."""


class KeySigner(Signer):
    """Signs with a key in memory; on a curve by the method that draws no random number (RFC 6979)."""

    def __init__(self, key: SealKey) -> None:
        vouching = SimpleCertificateStore.from_certs(map(embedded, key.chain))
        super().__init__(signing_cert=embedded(key.certificate), cert_registry=vouching)
        self.private = key.private

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The signature of the attributes."""
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            return self.private.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())


def embedded(certificate: Certificate) -> asn1_x509.Certificate:
    """A certificate in the form of the library that signs."""
    return asn1_x509.Certificate.load(der(certificate))

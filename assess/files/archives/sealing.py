"""The seal of an archive: its last member, which signs every byte before it with the key of the seal."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from typing import BinaryIO, Final, NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding

from assess.files.sealing.keys import SealKey

Certificates = list[x509.Certificate]

AT_ONCE: Final = 1 << 20
ALGORITHM: Final = "SHA-256, ECDSA or RSA PKCS#1 v1.5"


class ArchiveSeal(NamedTuple):
    """What the seal says: how many bytes from the first it covers, their SHA-256, and the signature of that."""

    covers: int
    sha256: str
    signature: bytes

    def as_json(self) -> bytes:
        """The one way to write it."""
        told = {
            "covers": self.covers, "sha256": self.sha256, "algorithm": ALGORITHM,
            "signature": base64.b64encode(self.signature).decode("ascii"),
        }  # fmt: skip
        return (json.dumps(told, indent=1) + "\n").encode()


def read_seal(data: bytes) -> ArchiveSeal | None:
    """The seal that a file holds, None where it holds anything else."""
    try:
        told = json.loads(data)
        seal = ArchiveSeal(told["covers"], told["sha256"], base64.b64decode(told["signature"], validate=True))
        return seal if type(seal.covers) is int and seal.as_json() == data else None
    except (ValueError, TypeError, KeyError, binascii.Error, RecursionError):
        return None


def digest_before(file: BinaryIO, end: int) -> bytes:
    """The SHA-256 of a file up to a place."""
    digest, left = hashlib.sha256(), end
    file.seek(0)
    while left > 0 and (data := file.read(min(left, AT_ONCE))):
        digest.update(data)
        left -= len(data)
    return digest.digest()


def made_seal(file: BinaryIO, end: int, key: SealKey) -> ArchiveSeal:
    """The seal of a file up to a place; the same file and key give the same."""
    digest = digest_before(file, end)
    if isinstance(key.private, ec.EllipticCurvePrivateKey):
        method = ec.ECDSA(Prehashed(hashes.SHA256()), deterministic_signing=True)
        return ArchiveSeal(end, digest.hex(), key.private.sign(digest, method))
    signature = key.private.sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
    return ArchiveSeal(end, digest.hex(), signature)


def is_sealed_with(seal: ArchiveSeal, certificate: x509.Certificate) -> bool:
    """Whether the key of a certificate signed the digest that a seal states."""
    public = certificate.public_key()
    try:
        digest = bytes.fromhex(seal.sha256)
        if isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(seal.signature, digest, ec.ECDSA(Prehashed(hashes.SHA256())))
        elif isinstance(public, rsa.RSAPublicKey):
            public.verify(seal.signature, digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))
        else:
            return False
    except (InvalidSignature, ValueError):
        return False
    return True


def certificates_read(data: bytes) -> Certificates:
    """The certificates of a PEM file that somebody keeps, whatever stands around them.

    Raises:
        ValueError: it holds none.
    """
    return x509.load_pem_x509_certificates(data)


def certificates_in(data: bytes) -> Certificates:
    """The certificates of a member; none where it holds anything else, or says more than they do."""
    try:
        found = certificates_read(data)
    except ValueError:
        return []
    plain = b"".join(each.public_bytes(Encoding.PEM) for each in found)
    return found if plain == data else []


def fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 of a certificate, by which people tell it."""
    return certificate.fingerprint(hashes.SHA256()).hex()

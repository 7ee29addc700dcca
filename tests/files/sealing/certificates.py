"""Keys and certificates as a house may be given them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

NOW = datetime(2027, 1, 20, 2, 3, 4, tzinfo=UTC)
AnyKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


class Issued(NamedTuple):
    """A key and the certificate that somebody issued for it."""

    key: AnyKey
    certificate: x509.Certificate


def a_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def issued(name: str, key: AnyKey | None = None, by: Issued | None = None, signing: bool = True) -> Issued:
    """A certificate for a name, valid for a year, signed by another or by itself."""
    private = key or a_key()
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = x509.KeyUsage(signing, signing, not signing, False, False, by is None, False, False, False)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(by.certificate.subject if by else subject)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(NOW + timedelta(days=335))
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=by is None, path_length=None), critical=True)
    )
    return Issued(private, builder.sign(by.key if by else private, hashes.SHA256()))


def as_pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(each.public_bytes(Encoding.PEM) for each in certificates)


def key_as_pem(key: AnyKey, password: str | None = None) -> bytes:
    hidden = BestAvailableEncryption(password.encode()) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, hidden)


def as_pkcs12(path: Path, held: Issued, *others: Issued, password: str = "秘密") -> Path:
    hidden = BestAvailableEncryption(password.encode())
    vouching = [each.certificate for each in others]
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", held.key, held.certificate, vouching, hidden))
    return path

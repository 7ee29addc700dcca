"""The key of the seal with its certificate: one made here at first use, or one that the house was given."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from assess.core.errors import Refused
from assess.core.text import Text

NAME: Final = "考核结果签章（自签名） / Assess seal (self-made)"
VALID_FOR: Final = timedelta(days=30 * 365)
SHORTEST_RSA: Final = 2048

UNREADABLE: Final = Text("签章文件 {path} 无法读取：{why}", "The seal file {path} cannot be read: {why}")
NOT_PKCS12: Final = Text(
    "{path} 不是可用的 PKCS#12 签章证书，或密码不对。请核对 ASSESS_SEAL_PKCS12 和 ASSESS_SEAL_PASSWORD。",
    "{path} is not a PKCS#12 file with key and certificate, or the password is wrong. Check "
    "ASSESS_SEAL_PKCS12 and ASSESS_SEAL_PASSWORD.",
)
NOT_A_CERTIFICATE: Final = Text(
    "{path} 中没有PEM格式的证书。请核对 ASSESS_SEAL_CERTIFICATE。",
    "{path} contains no PEM certificate. Check ASSESS_SEAL_CERTIFICATE.",
)
NOT_A_KEY: Final = Text(
    "{path} 中没有PEM格式的私钥，或密码不对。请核对 ASSESS_SEAL_KEY 和 ASSESS_SEAL_PASSWORD。",
    "{path} contains no PEM private key, or the password is wrong. Check ASSESS_SEAL_KEY and ASSESS_SEAL_PASSWORD.",
)
OTHER_KEY: Final = Text(
    "签章证书与私钥不配套，请核对 {path}。", "The key and the certificate of the seal do not match. Check {path}."
)
UNFIT_KEY: Final = Text(
    "不支持 {path} 的密钥类型，请使用 P-256、P-384、P-521 或不少于2048位的RSA。",
    "The key type of {path} is not supported. Use P-256, P-384, P-521 or RSA with 2048 bits or more.",
)
NOT_FOR_SIGNING: Final = Text(
    "{path} 的证书不能用于签名，请申请带“数字签名”或“不可否认”用途的证书。",
    "The certificate in {path} is not for signing. Get one with the use “digital signature” or “non-repudiation”.",
)
NOT_VALID: Final = Text(
    "签章证书的有效期为{first}至{last}，{day}不能用它签章，请更换证书。",
    "The certificate of the seal is valid from {first} to {last} and cannot seal on {day}. Replace it.",
)
DAMAGED_OWN: Final = Text(
    "自动生成的签章文件 {path} 已损坏。请从备份恢复，或将它移走以便重新生成（以后签章的证书将不同）。",
    "The self-made seal key {path} is damaged. Restore it from a backup, or move it away to create a "
    "new one (later seals will have another certificate).",
)

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class KeyPlaces(NamedTuple):
    """Where the key of the seal lies: in a PKCS#12 file, else in two PEM files, else in one of our own making."""

    own: Path
    pkcs12: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    password: str | None = None


@dataclass(frozen=True, slots=True)
class SealKey:
    """A key with its certificate and those that vouch for it, and the file they came from."""

    private: PrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    path: Path

    @property
    def certificates(self) -> str:
        """The certificate and those that vouch for it, as PEM: what the seals of this key are told by."""
        return "".join(each.public_bytes(Encoding.PEM).decode("ascii") for each in (self.certificate, *self.chain))

    def check_valid(self, at: datetime) -> None:
        """Raise Refused where the certificate is not valid at a time."""
        first, last = self.certificate.not_valid_before_utc, self.certificate.not_valid_after_utc
        if not first <= at <= last:
            day = at.date().isoformat()
            raise Refused(NOT_VALID.format(first=first.date().isoformat(), last=last.date().isoformat(), day=day))


def open_key(places: KeyPlaces, *, now: datetime) -> SealKey:
    """The key of the seal; where none was given, our own, made the first time.

    Raises:
        Refused: a file cannot be read, or holds nothing that can seal.
    """
    if places.pkcs12 is not None:
        return key_in_pkcs12(places.pkcs12, places.password)
    if places.certificate is not None and places.key is not None:
        return key_in_pem(places.certificate, places.key, places.password)
    return own_key(places.own, now)


def key_in_pkcs12(path: Path, password: str | None) -> SealKey:
    """Key and certificates of a PKCS#12 file."""
    try:
        held = pkcs12.load_pkcs12(bytes_of(path), password.encode() if password else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Refused(NOT_PKCS12.format(path=path)) from error
    if held.key is None or held.cert is None:
        raise Refused(NOT_PKCS12.format(path=path))
    others = [each.certificate for each in held.additional_certs]
    return fit_key(held.key, [held.cert.certificate, *others], path)


def key_in_pem(certificate: Path, key: Path, password: str | None) -> SealKey:
    """A key and its certificate of two PEM files; further certificates in the second are those that vouch for it."""
    try:
        certificates = x509.load_pem_x509_certificates(bytes_of(certificate))
    except ValueError as error:
        raise Refused(NOT_A_CERTIFICATE.format(path=certificate)) from error
    data = bytes_of(key)
    try:
        private = load_pem_private_key(data, password.encode() if password else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Refused(NOT_A_KEY.format(path=key)) from error
    return fit_key(private, certificates, key)


def fit_key(private: object, certificates: Iterable[x509.Certificate], path: Path) -> SealKey:
    """A key with the certificate that belongs to it, if both can seal."""
    if not isinstance(private, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise Refused(UNFIT_KEY.format(path=path))
    fits = private.key_size >= SHORTEST_RSA if isinstance(private, rsa.RSAPrivateKey) else is_known(private.curve)
    if not fits:
        raise Refused(UNFIT_KEY.format(path=path))
    public = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    held = list(dict.fromkeys(certificates))
    ours = [each for each in held if public_of(each) == public]
    if not ours:
        raise Refused(OTHER_KEY.format(path=path))
    if not may_sign(ours[0]):
        raise Refused(NOT_FOR_SIGNING.format(path=path))
    return SealKey(private, ours[0], tuple(each for each in held if each != ours[0]), path)


def is_known(curve: ec.EllipticCurve) -> bool:
    """Whether readers of PDF know a curve."""
    return isinstance(curve, ec.SECP256R1 | ec.SECP384R1 | ec.SECP521R1)


def public_of(certificate: x509.Certificate) -> bytes:
    """The public key that a certificate speaks for."""
    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def may_sign(certificate: x509.Certificate) -> bool:
    """Whether a certificate is for signing documents, or says nothing of its use."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return usage.digital_signature or usage.content_commitment


def own_key(path: Path, now: datetime) -> SealKey:
    """The key of our own making, made at first use; whoever else makes one at the same time gets the same."""
    if not path.exists():
        keep_once(path, made_key(now))
    try:
        data = bytes_of(path)
        certificates = x509.load_pem_x509_certificates(data)
        return fit_key(load_pem_private_key(data, None), certificates, path)
    except (ValueError, TypeError) as error:
        raise Refused(DAMAGED_OWN.format(path=path)) from error


def made_key(now: datetime) -> bytes:
    """A new key with a certificate signed by itself, as PEM."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + VALID_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
        .sign(private, hashes.SHA256())
    )
    key = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return certificate.public_bytes(Encoding.PEM) + key


def keep_once(path: Path, data: bytes) -> None:
    """Keep a secret under a name that nothing else has, readable to the owner alone: whole, or not at all."""
    path.parent.mkdir(exist_ok=True, mode=0o700)
    made = path.with_name(f".{path.name}-{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(made, path)
    finally:
        made.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def bytes_of(path: Path) -> bytes:
    """What a file holds."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refused(UNREADABLE.format(path=path, why=error.strerror)) from error

"""Whether the seal of an archive covers it to the last byte, and with which certificate it was made."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from cryptography import x509

from assess.core.archives import names
from assess.core.archives.manifest import CheckOutcome
from assess.core.text import Text
from assess.files.archives.checking.contents import shown
from assess.files.archives.checking.opening import Lacking, OpenedArchive
from assess.files.archives.container import misplaced
from assess.files.archives.sealing import (
    ArchiveSeal,
    certificates_in,
    digest_before,
    fingerprint,
    is_sealed_with,
    read_seal,
)

SEALED: Final = Text("档案的签章，证书指纹 {print}", "Seal of the archive, certificate fingerprint {print}")
UNSEALED: Final = Text("档案的签章", "Seal of the archive")
NO_CERTIFICATE: Final = Text(
    "{name}：缺失、损坏或不是证书。", "{name}: The file is missing, damaged or not a certificate."
)
OTHER_CERTIFICATE: Final = Text(
    "{name}：不是所给的证书，指纹为 {print}。",
    "{name}: This is not the certificate that was given. Its fingerprint is {print}.",
)
NO_SEAL: Final = Text("{name}：缺失、损坏或被改动。", "{name}: The file is missing, damaged or changed.")
OTHER_BYTES: Final = Text(
    "档案前{n}个字节与签章时不同，SHA-256不符。",
    "The first {n} bytes differ from what was sealed. Their SHA-256 differs.",
)
NOT_ALL: Final = Text("{name} 覆盖的范围不是它之前的全部内容。", "{name} does not cover everything before it.")
NOT_SIGNED: Final = Text("签名不是 {name} 的密钥所签。", "The signature was not made with the key of {name}.")
REPACKED: Final = Text("ZIP结构在 {name} 处被改动或重新打包。", "The zip file was changed or repacked at {name}.")
AT_END: Final = Text("末尾的ZIP目录", "its list of files at the end")


def check_archive_seal(archive: OpenedArchive, given: Collection[x509.Certificate]) -> CheckOutcome:
    """The seal, and whether it is of a certificate that was given, where one was."""
    found = certificates_of(archive, names.CERTIFICATE)
    if not found:
        return CheckOutcome(UNSEALED, (NO_CERTIFICATE.format(name=names.CERTIFICATE), *seal_told(archive, None)))
    wrong = (*certificate_told(found, names.CERTIFICATE, given), *seal_told(archive, found[0]))
    return CheckOutcome(SEALED.format(print=fingerprint(found[0])), wrong)


def certificates_of(archive: OpenedArchive, name: str) -> list[x509.Certificate]:
    """The certificates in a member; none where it holds none."""
    try:
        return certificates_in(archive.read(name))
    except Lacking:
        return []


def certificate_told(found: list[x509.Certificate], name: str, given: Collection[x509.Certificate]) -> Iterator[Text]:
    """That a certificate is none of those that were given, where any were."""
    if given and found[0] not in given:
        yield OTHER_CERTIFICATE.format(name=name, print=fingerprint(found[0]))


def seal_told(archive: OpenedArchive, certificate: x509.Certificate | None) -> Iterator[Text]:
    """What is wrong with the seal and with the zip around the members."""
    try:
        seal = read_seal(archive.read(names.SEAL))
    except Lacking:
        seal = None
    if seal is None:
        yield NO_SEAL.format(name=names.SEAL)
    else:
        yield from cover_told(archive, seal)
        if certificate is not None and not is_sealed_with(seal, certificate):
            yield NOT_SIGNED.format(name=names.CERTIFICATE)
    if (at := misplaced(archive.file, archive.entries)) is not None:
        yield REPACKED.format(name=shown(at) if at else AT_END)


def cover_told(archive: OpenedArchive, seal: ArchiveSeal) -> Iterator[Text]:
    """Whether the seal covers all that stands before it, unchanged."""
    last = archive.entries[-1]
    if last.filename != names.SEAL or last.header_offset != seal.covers:
        yield NOT_ALL.format(name=names.SEAL)
    if digest_before(archive.file, seal.covers).hex() != seal.sha256:
        yield OTHER_BYTES.format(n=seal.covers)

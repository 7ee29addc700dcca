"""Whether every member of an archive is the one that the list of digests names, and none is there beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from assess.core.archives import names
from assess.core.archives.manifest import CheckOutcome, Manifest, read_manifest
from assess.core.text import Text
from assess.files.archives.checking.opening import Lacking, OpenedArchive

LINE: Final = re.compile(r"([0-9a-f]{64})  ([^\r\n]{1,300})\n")

DIGESTS: Final = Text("文件清单：{n}个文件的SHA-256", "File list: SHA-256 of {n} files")
UNSAFE: Final = Text("“{name}”：文件名指向档案之外。", "“{name}”: The name points outside the archive.")
TWICE: Final = Text("{name}：在档案中出现多次。", "{name}: The file appears more than once in the archive.")
NO_LIST: Final = Text(
    "{name}：缺失、损坏或不是SHA-256清单。", "{name}: The file is missing, damaged or not a list of SHA-256 digests."
)
MISSING: Final = Text("{name}：清单中有，档案中没有。", "{name}: In the list but not in the archive.")
EXTRA: Final = Text("{name}：档案中有，清单中没有。", "{name}: In the archive but not in the list.")
CHANGED: Final = Text(
    "{name}：被改动，SHA-256与清单不符。", "{name}: The file was changed. Its SHA-256 differs from the list."
)
DAMAGED: Final = Text("{name}：损坏，无法读取。", "{name}: The file is damaged and cannot be read.")
MANIFEST: Final = Text("档案目录", "Manifest")
NO_MANIFEST: Final = Text(
    "{name}：缺失、损坏或不是本系统年度档案的目录，其余内容无法核验。",
    "{name}: The file is missing, damaged or not the manifest of a year archive of this service. The "
    "rest cannot be checked.",
)
OTHER_LIST: Final = Text(
    "{name}：被改动，SHA-256与目录不符。", "{name}: The file was changed. Its SHA-256 differs from the manifest."
)


def check_digests(archive: OpenedArchive) -> CheckOutcome:
    """Every member against the list."""
    listed = digests_listed(archive)
    wrong = [UNSAFE.format(name=shown(name)) for name in archive.members if not names.is_safe(name)]
    wrong += [TWICE.format(name=shown(name)) for name in archive.twice]
    if listed is None:
        return CheckOutcome(DIGESTS.format(n=0), (*wrong, NO_LIST.format(name=names.HASHES)))
    wrong += differences(archive, listed)
    return CheckOutcome(DIGESTS.format(n=len(listed)), tuple(wrong))


def digests_listed(archive: OpenedArchive) -> dict[str, str] | None:
    """The digests by name, None where the list cannot be read."""
    try:
        text = archive.read(names.HASHES).decode("ascii")
    except (Lacking, UnicodeDecodeError):
        return None
    found = LINE.findall(text)
    listed = {name: digest for digest, name in found}
    whole = "".join(f"{digest}  {name}\n" for digest, name in found) == text
    return listed if whole and len(listed) == len(found) else None


def differences(archive: OpenedArchive, listed: Mapping[str, str]) -> Iterator[Text]:
    """Members that are not as they are listed, in the order of the list; then those that are not listed."""
    for name, digest in listed.items():
        if name not in archive.members:
            yield MISSING.format(name=shown(name))
            continue
        found = archive.digest(name)
        if found != digest:
            yield (DAMAGED if found is None else CHANGED).format(name=shown(name))
    for name in archive.members:
        if name not in listed and name not in names.UNLISTED:
            yield EXTRA.format(name=shown(name))


def check_manifest(archive: OpenedArchive) -> tuple[CheckOutcome, Manifest | None]:
    """The manifest, and whether it names the list of digests that is there."""
    try:
        manifest = read_manifest(archive.read(names.MANIFEST))
    except (Lacking, ValueError):
        return CheckOutcome(MANIFEST, (NO_MANIFEST.format(name=names.MANIFEST),)), None
    same = manifest.hashes.member == names.HASHES and archive.digest(names.HASHES) == manifest.hashes.sha256
    return CheckOutcome(MANIFEST, () if same else (OTHER_LIST.format(name=names.HASHES),)), manifest


def shown(name: str) -> str:
    """A name as people may read it, whatever it holds."""
    return "".join(each if each.isprintable() else "?" for each in name[:120])

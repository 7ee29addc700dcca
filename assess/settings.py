"""Every ASSESS_* variable, read once; an unknown or a bad one stops the start with a plain message."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from assess.core.notifications import Webhook
from assess.core.text import Text

VARIABLES: Final = {
    "ASSESS_INSTANCE": Text("实例文件夹", "the instance folder: database, uploads, keys"),
    "ASSESS_DATABASE_URL": Text("数据库地址", "postgresql://…, or nothing for SQLite in the instance folder"),
    "ASSESS_SMTP_URL": Text("邮件服务器地址", "smtp://user:password@host:587 or smtps://…"),
    "ASSESS_MAIL_FROM": Text("发件人地址", "sender address of emails"),
    "ASSESS_WEBHOOK_URL": Text("通知接口地址", "https://… of another system that is called at each notification"),
    "ASSESS_WEBHOOK_SECRET": Text("通知接口密钥", "the secret with which these calls are signed"),
    "ASSESS_ADDRESS": Text("对外网址", "public address of the service, such as https://assess.example"),
    "ASSESS_CONTACT": Text("考核办联系方式", "how to reach the assessment office, shown on every page"),
    "ASSESS_PROXIES": Text("前置代理层数", "number of proxies in front of the service"),
    "ASSESS_SEAL_PKCS12": Text("签章证书（PKCS#12文件）", "key and certificate of the seal (PKCS#12 file)"),
    "ASSESS_SEAL_CERTIFICATE": Text("签章证书（PEM文件）", "certificate of the seal (PEM file)"),
    "ASSESS_SEAL_KEY": Text("签章私钥（PEM文件）", "private key of the seal (PEM file)"),
    "ASSESS_SEAL_PASSWORD": Text("签章证书或私钥的密码", "password of the certificate or key"),
}
UNKNOWN = Text("没有名为 {name} 的设置。可用的设置：{known}", "There is no setting {name}. Available settings: {known}")
BAD_DATABASE = Text(
    "ASSESS_DATABASE_URL 应形如 postgresql://用户:密码@主机/库名，使用 SQLite 的不填。",
    "ASSESS_DATABASE_URL must look like postgresql://user:password@host/name. Leave it out to use SQLite.",
)
BAD_SMTP = Text("ASSESS_SMTP_URL 应形如 smtp://主机:端口。", "ASSESS_SMTP_URL must look like smtp://host:port.")
MIN_SECRET: Final = 24
BAD_WEBHOOK = Text(
    "ASSESS_WEBHOOK_URL 应以 http:// 或 https:// 开头，并同时设 ASSESS_WEBHOOK_SECRET"
    f"（至少{MIN_SECRET}个字符，以 whsec_ 开头的为 Base64）。",
    "ASSESS_WEBHOOK_URL must begin with http:// or https:// and needs ASSESS_WEBHOOK_SECRET: at least "
    f"{MIN_SECRET} characters; Base64 after whsec_ if it begins with that.",
)
BAD_ADDRESS = Text(
    "ASSESS_ADDRESS 应以 http:// 或 https:// 开头。", "ASSESS_ADDRESS must begin with http:// or https://."
)
NO_SEAL_FILE = Text(
    "{name} 指向的文件 {path} 不存在或无法读取。", "The file {path} named by {name} does not exist or cannot be read."
)
BAD_SEAL = Text(
    "签章证书应设为 ASSESS_SEAL_PKCS12，或同时设 ASSESS_SEAL_CERTIFICATE 和 ASSESS_SEAL_KEY；都不设的，系统自动生成。",
    "Set ASSESS_SEAL_PKCS12, or both ASSESS_SEAL_CERTIFICATE and ASSESS_SEAL_KEY. If none is set, "
    "the service creates a certificate.",
)
MAX_CONTACT: Final = 120
BAD_CONTACT = Text(
    f"ASSESS_CONTACT 最多{MAX_CONTACT}个字，写成一行。",
    f"ASSESS_CONTACT must be one line of at most {MAX_CONTACT} characters.",
)
BAD_PROXIES = Text("ASSESS_PROXIES 应为0至9的整数。", "ASSESS_PROXIES must be a whole number from 0 to 9.")


class WrongSetting(Exception):
    """A variable that is unknown or cannot be used; the message says what to do, in both languages."""

    def __init__(self, what: Text) -> None:
        super().__init__(f"{what.zh} / {what.en}")


@dataclass(frozen=True)
class SealFiles:
    """The files of a seal that the house was given: a PKCS#12 file, or a certificate and a key; all None where none."""

    pkcs12: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    password: str | None = None


@dataclass(frozen=True)
class Settings:
    """How one instance runs.

    Attributes:
        instance: the folder of database, uploads and keys.
        webhook: what other system is called at each notification; None where none is.
        address: where people reach the service, without a slash at the end.
        contact: how to reach the assessment office, such as a telephone number; "" where nobody said.
        proxies: how many proxies before the service may be trusted for the caller's address.
        seal: the files of the seal, where the house has one of its own.
    """

    instance: Path
    database_url: str
    smtp_url: str | None = None
    mail_from: str = "assess@localhost"
    webhook: Webhook | None = None
    address: str = "http://127.0.0.1:8000"
    contact: str = ""
    proxies: int = 0
    seal: SealFiles = SealFiles()

    @property
    def own_seal(self) -> Path:
        """Where the seal of our own making lies."""
        return self.instance / "keys" / "seal.pem"

    @property
    def uploads(self) -> Path:
        """The folder of uploaded files."""
        return self.instance / "uploads"

    @property
    def secure(self) -> bool:
        """Whether people come by HTTPS, so that cookies must."""
        return self.address.startswith("https://")

    def secret_key(self) -> str:
        """The key that signs cookies, made at the first start and kept readable to the owner alone."""
        path = self.instance / "keys" / "session"
        if not path.exists():
            path.parent.mkdir(exist_ok=True, mode=0o700)
            made = path.with_name(f"session-{os.getpid()}")
            made.touch(mode=0o600)
            made.write_text(secrets.token_hex(32), encoding="ascii")
            with suppress(FileExistsError):
                os.link(made, path)
            made.unlink()
        return path.read_text(encoding="ascii")


def read_settings(environ: Mapping[str, str], default_address: str = Settings.address) -> Settings:
    """The settings an environment states.

    Args:
        environ: the variables.
        default_address: where people reach the service, unless a variable says so.

    Raises:
        WrongSetting: a variable that begins with ASSESS_ is unknown, or a value cannot be used.
    """
    given = {name: value.strip() for name, value in environ.items() if name.startswith("ASSESS_") and value.strip()}
    for name in sorted(given.keys() - VARIABLES.keys()):
        raise WrongSetting(UNKNOWN.format(name=name, known=", ".join(VARIABLES)))
    instance = Path(given.get("ASSESS_INSTANCE", "instance")).absolute()
    return Settings(
        instance=instance,
        database_url=database_url(given.get("ASSESS_DATABASE_URL"), instance),
        smtp_url=smtp_url(given.get("ASSESS_SMTP_URL")),
        mail_from=given.get("ASSESS_MAIL_FROM", Settings.mail_from),
        webhook=webhook(given.get("ASSESS_WEBHOOK_URL"), given.get("ASSESS_WEBHOOK_SECRET", "")),
        address=address(given.get("ASSESS_ADDRESS", default_address)),
        contact=contact(given.get("ASSESS_CONTACT", "")),
        proxies=proxies(given.get("ASSESS_PROXIES", "0")),
        seal=seal_files(given),
    )


def database_url(given: str | None, instance: Path) -> str:
    """The database's address: PostgreSQL as given, else SQLite in the instance folder."""
    if given is None:
        return f"sqlite:///{instance / 'assess.db'}"
    scheme, _, rest = given.partition("://")
    server = "//" + rest.rpartition("@")[2]
    if not given.startswith(("postgresql://", "sqlite:///")) or (scheme == "postgresql" and split(server) is None):
        raise WrongSetting(BAD_DATABASE)
    return given


def split(url: str) -> SplitResult | None:
    """The parts of an address; None where its host or its port cannot be read."""
    try:
        found = urlsplit(url)
        _port = found.port
    except ValueError:
        return None
    return found


def smtp_url(given: str | None) -> str | None:
    """The mail server's address, if there is one."""
    if given is None:
        return None
    found = split(given)
    if found is None or found.scheme not in ("smtp", "smtps") or not found.hostname:
        raise WrongSetting(BAD_SMTP)
    return given


def webhook(url: str | None, secret: str) -> Webhook | None:
    """What other system is called, if there is one."""
    if url is None and not secret:
        return None
    found = None if url is None else split(url)
    if url is None or found is None or found.scheme not in ("http", "https") or not found.hostname:
        raise WrongSetting(BAD_WEBHOOK)
    made = Webhook(url, secret)
    if len(secret) < MIN_SECRET or made.key is None:
        raise WrongSetting(BAD_WEBHOOK)
    return made


def address(given: str) -> str:
    """Where people reach the service."""
    found = split(given)
    if found is None or found.scheme not in ("http", "https") or not found.hostname:
        raise WrongSetting(BAD_ADDRESS)
    return given.rstrip("/")


def contact(given: str) -> str:
    """How to reach the assessment office, in one line."""
    if len(given) > MAX_CONTACT or not given.isprintable():
        raise WrongSetting(BAD_CONTACT)
    return given


def proxies(given: str) -> int:
    """How many proxies stand before the service."""
    if given not in tuple("0123456789"):
        raise WrongSetting(BAD_PROXIES)
    return int(given)


def seal_files(given: Mapping[str, str]) -> SealFiles:
    """The files of the seal, each of which can be read."""
    paths: list[Path | None] = []
    for name in ("ASSESS_SEAL_PKCS12", "ASSESS_SEAL_CERTIFICATE", "ASSESS_SEAL_KEY"):
        path = Path(given[name]).absolute() if name in given else None
        if path is not None and not (path.is_file() and os.access(path, os.R_OK)):
            raise WrongSetting(NO_SEAL_FILE.format(name=name, path=path))
        paths.append(path)
    pkcs12, certificate, key = paths
    if (certificate is None) != (key is None) or (pkcs12 and certificate):
        raise WrongSetting(BAD_SEAL)
    return SealFiles(pkcs12, certificate, key, given.get("ASSESS_SEAL_PASSWORD"))

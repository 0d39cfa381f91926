"""Every setting: typed, documented, read once from the environment."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

KNOWN_LANGUAGES = ("lv", "lt", "en")
LONGEST_SOCKET_PATH = 100


class ConfigurationRefused(Exception):
    """A setting is missing or cannot be meant; the sentence says which and what to do."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an installation decides. One application, one of these."""

    database_url: str
    """Where the data lies: ``sqlite:///…`` or ``postgresql+psycopg://…``."""
    redis_url: str
    """Where background work waits: ``redis://…`` or ``unix://…``."""
    secret_key: str
    """Signs sessions and forms; at least 32 characters, the same in every process."""
    key_store: Path
    """The folder of the registers' keys; outside the database and its dumps (TRUST.md)."""
    site_address: str = "http://localhost:8000"
    """The public address, without a slash at the end; links in mail begin with it."""
    site_name: str = "Talka"
    languages: tuple[str, ...] = KNOWN_LANGUAGES
    """The languages of the pages; the first one is the default."""
    time_zone: str = "Europe/Riga"
    mail_server: str = ""
    """``host:port`` of the SMTP server; empty: mail waits until there is one."""
    mail_user: str = ""
    mail_password: str = ""
    mail_tls: bool = False
    """Whether to ask the SMTP server for STARTTLS before anything else."""
    mail_from: str = "talka@localhost"
    keeper: str = ""
    """Who runs this site, by name; the privacy notice and the footer say so."""
    contact_email: str = ""
    """Where people write about the site, their data or a barrier; "" means ``mail_from``."""
    trusted_proxies: int = 0
    """How many reverse proxies stand in front and may be believed about the address."""
    demo: bool = False
    """Whether people can be picked and time can pass. Never in a real installation."""
    demo_mail: Path | None = None
    """The folder where the demonstration's mail server keeps what it is handed."""
    testing: bool = False
    process_queue_inline: bool = False
    """Do background work at once, in this process. For tests and one-off commands."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def default_language(self) -> str:
        return self.languages[0]

    @property
    def host(self) -> str:
        return urlsplit(self.site_address).netloc

    @property
    def is_secure(self) -> bool:
        return self.site_address.startswith("https://")


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings, or raise ConfigurationRefused with a sentence that helps.

    Without DATABASE_URL everything is embedded: the data lies in ``TALKA_HOME`` (default:
    ``var`` beside the application), and what is secret is made there on first use. With it,
    every setting that two machines must share has to be said.
    """
    embedded = not environ.get("DATABASE_URL")
    home = Path(environ.get("TALKA_HOME") or Path(__file__).parent.parent / "var").resolve()
    if embedded:
        home.mkdir(parents=True, exist_ok=True)
    return Settings(
        database_url=_database(environ.get("DATABASE_URL") or f"sqlite:///{home / 'talka.db'}"),
        redis_url=_redis(environ, home, embedded=embedded),
        secret_key=_secret(environ, home, embedded=embedded),
        key_store=_key_store(environ, home, embedded=embedded),
        site_address=_address(environ),
        site_name=environ.get("SITE_NAME", "Talka"),
        languages=_languages(environ.get("LANGUAGES", ",".join(KNOWN_LANGUAGES))),
        time_zone=_zone(environ.get("TIME_ZONE", "Europe/Riga")),
        mail_server=_mail_server(environ.get("MAIL_SERVER", "")),
        mail_user=environ.get("MAIL_USER", ""),
        mail_password=environ.get("MAIL_PASSWORD", ""),
        mail_tls=_yes_or_no("MAIL_TLS", environ.get("MAIL_TLS", "no")),
        mail_from=environ.get("MAIL_FROM", "talka@localhost"),
        keeper=environ.get("KEEPER", ""),
        contact_email=environ.get("CONTACT_EMAIL", ""),
        trusted_proxies=_count("TRUSTED_PROXIES", environ.get("TRUSTED_PROXIES", "0")),
        demo=_yes_or_no("DEMO", environ.get("DEMO", "no")),
        demo_mail=Path(environ["DEMO_MAIL"]) if environ.get("DEMO_MAIL") else None,
    )


def _database(url: str) -> str:
    if url.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + url.partition("://")[2]
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    raise ConfigurationRefused(
        "DATABASE_URL must begin with postgresql:// or sqlite:///, "
        f"but it begins with {url.partition(':')[0]!r}."
    )


def _redis(environ: Mapping[str, str], home: Path, *, embedded: bool) -> str:
    url = environ.get("REDIS_URL", "")
    if not url and not embedded:
        raise ConfigurationRefused(
            "REDIS_URL is missing: say where background work waits, as in redis://host:6379/0."
        )
    if url and not url.startswith(("redis://", "rediss://", "unix://")):
        raise ConfigurationRefused("REDIS_URL must begin with redis://, rediss:// or unix://.")
    return url or f"unix://{embedded_socket(home)}"


def embedded_socket(home: Path) -> Path:
    """Where the embedded Redis-protocol server listens; short enough for a socket's name."""
    beside = home / "valkey.sock"
    if len(str(beside)) < LONGEST_SOCKET_PATH:
        return beside
    import hashlib  # noqa: PLC0415  only for this rare case
    import tempfile  # noqa: PLC0415

    name = hashlib.sha256(str(home).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"talka-{name}.sock"


def _secret(environ: Mapping[str, str], home: Path, *, embedded: bool) -> str:
    key = environ.get("SECRET_KEY", "")
    if key and len(key) < 32:
        raise ConfigurationRefused("SECRET_KEY is too short: use at least 32 random characters.")
    if key:
        return key
    if not embedded:
        raise ConfigurationRefused(
            "SECRET_KEY is missing: use at least 32 random characters, the same in every process."
        )
    kept = home / "secret"
    if not kept.exists():
        fresh = home / f"secret.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        try:
            os.link(fresh, kept)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text()


def _key_store(environ: Mapping[str, str], home: Path, *, embedded: bool) -> Path:
    path = environ.get("KEY_STORE", "")
    if not path and not embedded:
        raise ConfigurationRefused(
            "KEY_STORE is missing: name a folder, shared by all machines and outside the "
            "database and its backups, for the keys of the votes."
        )
    store = Path(path).resolve() if path else home / "keys"
    try:
        store.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise ConfigurationRefused(f"KEY_STORE cannot be used: {problem.strerror}.") from problem
    return store


def _address(environ: Mapping[str, str]) -> str:
    port = _count("PORT", environ.get("PORT", "8000"))
    address = environ.get("SITE_ADDRESS", f"http://localhost:{port}").rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path:
        raise ConfigurationRefused(
            "SITE_ADDRESS must be the public address alone, as in https://talka.example."
        )
    return address


def _languages(words: str) -> tuple[str, ...]:
    chosen = tuple(word.strip() for word in words.split(",") if word.strip())
    if not chosen or any(code not in KNOWN_LANGUAGES for code in chosen):
        raise ConfigurationRefused(
            f"LANGUAGES must be some of {', '.join(KNOWN_LANGUAGES)}, separated by commas."
        )
    return chosen


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as problem:
        raise ConfigurationRefused(
            f"TIME_ZONE {name!r} is not known: use a name like Europe/Riga."
        ) from problem
    return name


def _mail_server(address: str) -> str:
    host, _, port = address.partition(":")
    if address and (not host or not port.isdigit()):
        raise ConfigurationRefused("MAIL_SERVER must be host:port, as in mail.example:587.")
    return address


def _yes_or_no(name: str, word: str) -> bool:
    if word.lower() not in {"yes", "no", "1", "0", "true", "false"}:
        raise ConfigurationRefused(f"{name} must be yes or no, not {word!r}.")
    return word.lower() in {"yes", "1", "true"}


def _count(name: str, word: str) -> int:
    if not word.isdigit():
        raise ConfigurationRefused(f"{name} must be a whole number, not {word!r}.")
    return int(word)


_current: list[Settings] = []


def use(settings: Settings) -> None:
    """Make these the settings of this process; create_app calls it once."""
    _current[:] = [settings]


def settings() -> Settings:
    """The settings of this process. Raises IndexError before create_app."""
    return _current[0]

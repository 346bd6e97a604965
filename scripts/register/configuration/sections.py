"""The sections of ``config.toml``, with their types and defaults."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from register.book.phrase import Phrase
from register.book.schema import Language
from register.configuration.forms import AnswerForm, JoinForm, SignUpForm
from register.configuration.section import (
    BadSetting,
    Section,
    is_loopback_address,
    is_loopback_host,
)
from register.match.certain import SAFE_CERTAIN, Certain
from register.rules import (
    OUT_OF_PLACE_WORDS,
    SAFE,
    SENSITIVE_WORDS,
    nearest_codes,
    rule_catalogue,
)
from register.values import email

_NOT_HERE = "{where}: an address of this computer is expected, as http://127.0.0.1:8080."
_NOT_HTTPS = "{where}: an https:// address is expected."
_NO_ADDRESS = "{where}: “{given}” is no e-mail address."
_NO_HOST = "{where}: host is missing, the name of your mail server."
_NO_PATH = "{where}: path is missing: a Maildir, an mbox file, or a folder of .eml files."
_NO_FOLDERS = "{where}: done and aside are plain names of folders."
_NO_SHARED_FOLDER = "{where}: folder is missing: one that all machines of the cluster see."
_NOT_SEALED = "[state] in_register needs a public key: [backup] recipient."
_TOO_SHORT = "{where}: settle_seconds must be at least 1 with Google."
_UNSAFE = '{where}: security = "none" is for a server on this computer only.'


class BookSection(Section):
    """``[book]``: where the register is, and the language in which a new one is made."""

    file: str = ""
    language: Language = "fi"


class StateSection(Section):
    """``[state]``: where the journal, the ledger and the lock are; whether also in the register."""

    dir: str = ""
    in_register: bool = False


class BackupSection(Section):
    """``[backup]``: copies of the register in the state folder before each run that writes."""

    keep: int = Field(default=14, ge=0, le=1_000)
    days: int = Field(default=90, ge=1, le=3_650)
    recipient: str = Field(default="", pattern=r"^(|age1[0-9a-z]{58}|ssh-(ed25519|rsa) \S.*)$")


class PrivacySection(Section):
    """``[privacy]``: the controller of the register, and how long people are kept unconfirmed.

    ``automatic`` is what the nightly run does about people who are kept too long. ``files_days`` is
    how long lists for the door and rehearsed letters are kept (0: until somebody deletes them).
    """

    contact: str = Field(default="", max_length=300)
    officer: str = Field(default="", max_length=300)
    receivers: tuple[str, ...] = ()
    retention_months: int = Field(default=24, ge=1, le=240)
    needs_days: int = Field(default=14, ge=0, le=365)
    retention_by_group: dict[
        Literal["association_actor", "official", "elected", "other"],
        Annotated[int, Field(ge=1, le=240)],
    ] = Field(default={})
    automatic: tuple[Literal["ask", "archive"], ...] = ()
    files_days: int = Field(default=0, ge=0, le=3_650)


class ApplySection(Section):
    """``[apply]``: what ``cleanup.py --apply`` does without asking.

    ``rules`` are the rules whose suggestions it writes. ``certain`` is what two rows must share
    besides their name to be merged.
    """

    rules: tuple[str, ...] = SAFE
    certain: tuple[Certain, ...] = SAFE_CERTAIN

    @field_validator("rules")
    @classmethod
    def _known(cls, rules: tuple[str, ...]) -> tuple[str, ...]:
        phrases: list[Phrase] = []
        for code in rules:
            if not (rule := rule_catalogue().get(code)):
                near = ", ".join(nearest_codes(code))
                phrases.append(
                    (
                        "{where}: there is no rule {code}. The nearest are {near}.",
                        {"code": code[:80], "near": near},
                    )
                )
            elif not rule.applicable:
                phrases.append(
                    (
                        "{where}: {code} only reports; there is nothing that it could write.",
                        {"code": code},
                    )
                )
        if phrases:
            raise BadSetting(*phrases)
        return rules


class LimitsSection(Section):
    """``[limits]``: when a run stops because it would change too much, and what is asked about."""

    max_changes: str = Field(default="30%", pattern=r"^\d+%?$")
    stale_months: int = Field(default=12, ge=1, le=120)
    sensitive_words: tuple[str, ...] = SENSITIVE_WORDS
    foreign_words: tuple[str, ...] = OUT_OF_PLACE_WORDS


class GoogleSection(Section):
    """``[google]``: how to sign in to a shared sheet; ``endpoint`` is a test server's address.

    ``settle_seconds`` is how long a run that takes the sheet waits before it looks whether another
    computer has taken it, too: longer than a write takes. Only a test server takes less than 1.
    """

    key_file: str = ""
    sign_in: Literal["service-account", "default", "person"] = "service-account"
    endpoint: str = ""
    settle_seconds: float = Field(default=1.0, ge=0, le=60)

    @field_validator("endpoint")
    @classmethod
    def _on_loopback(cls, endpoint: str) -> str:
        if endpoint and not is_loopback_address(endpoint):
            raise BadSetting((_NOT_HERE, {}))
        return endpoint.rstrip("/")

    @model_validator(mode="after")
    def _settles(self) -> GoogleSection:
        if self.settle_seconds < 1 and not self.endpoint:
            raise BadSetting((_TOO_SHORT, {}))
        return self


class LettersSection(Section):
    """``[letters]``: the sender of letters, when they may go, and what they may link to."""

    organisation: str = "Verkosto"
    from_name: str = "Verkosto"
    from_address: str = "verkosto@example.org"
    reply_to: str = ""
    list_id: str = ""
    privacy_url: str = ""
    allowed_links: tuple[str, ...] = ()
    templates: str = ""
    attachments: str = ""
    attachments_mb: int = Field(default=8, ge=1, le=25)
    answer_by: Literal["subject", "plus"] = "subject"
    unsubscribe_url: str = ""
    reminders: int = Field(default=1, ge=0, le=10)
    release: tuple[str, ...] = ()
    hours: str = Field(default="8-20", pattern=r"^([01]?\d|2[0-3])-(1?\d|2[0-4])$")
    details_days: int = Field(default=2, ge=0, le=30)
    automatic: tuple[Literal["receipt", "unsubscribed", "digest", "freshness", "notice"], ...] = ()


class PostSection(Section):
    """``[post]``: how letters are sent: by ``smtp``, or in rehearsal to the folder ``outbox``."""

    kind: Literal["outbox", "smtp"] = "outbox"
    outbox: str = "outbox"
    host: str = ""
    port: int = Field(default=0, ge=0, le=65_535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    ca_file: str = ""
    user: str = ""
    auth: Literal["plain", "login", "xoauth2"] = "plain"
    password_file: str = ""
    connections: int = Field(default=1, ge=1, le=32)
    timeout: float = Field(default=60, gt=0, le=600)
    retries: tuple[Annotated[float, Field(ge=0, le=3_600)], ...] = (2, 8, 30)
    per_hour: int = Field(default=0, ge=0)
    per_day: int = Field(default=2_000, ge=0)
    max_letters: int = Field(default=2_000, ge=0)
    imap_host: str = ""
    imap_port: int = Field(default=993, ge=1, le=65_535)
    sent_folder: str = Field(default="", max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")
    dkim_selector: str = Field(default="", pattern=r"^[A-Za-z0-9._-]{0,63}$")
    resolver: str = Field(
        default="", pattern=r"^(|[0-9.]{7,15}:\d{1,5}|\[[0-9a-fA-F:]{2,39}\]:\d{1,5})$"
    )

    @model_validator(mode="after")
    def _whole(self) -> PostSection:
        if self.kind != "smtp":
            return self
        if not self.host:
            raise BadSetting((_NO_HOST, {}))
        if self.security == "none" and not is_loopback_host(self.host):
            raise BadSetting((_UNSAFE, {}))
        return self

    @property
    def server_port(self) -> int:
        """The port; by default the one that belongs to the security (RFC 8314)."""
        return self.port or {"starttls": 587, "tls": 465, "none": 25}[self.security]


class MailboxSection(Section):
    """``[mailbox]``: where answers arrive: on a server (``imap``), or in files (``local``)."""

    kind: Literal["", "imap", "local"] = ""
    path: str = ""
    host: str = ""
    port: int = Field(default=0, ge=0, le=65_535)
    security: Literal["tls", "starttls", "none"] = "tls"
    ca_file: str = ""
    user: str = ""
    auth: Literal["login", "xoauth2"] = "login"
    password_file: str = ""
    folder: str = Field(default="INBOX", pattern=r"^[^\x00-\x1f\x7f]{1,200}$")
    done: str = Field(default="", pattern=r"^[^\x00-\x1f\x7f]{0,200}$")
    aside: str = Field(default="", pattern=r"^[^\x00-\x1f\x7f]{0,200}$")
    timeout: float = Field(default=60, gt=0, le=600)
    authserv_id: str = Field(default="", pattern=r"^[^\s;\x00-\x1f\x7f]{0,255}$")

    @model_validator(mode="after")
    def _whole(self) -> MailboxSection:
        if self.kind == "imap" and not self.host:
            raise BadSetting((_NO_HOST, {}))
        if self.kind == "local" and not self.path:
            raise BadSetting((_NO_PATH, {}))
        if self.kind == "local" and not re.fullmatch(r"[\w -]*", self.done + self.aside):
            raise BadSetting((_NO_FOLDERS, {}))
        if self.security == "none" and not is_loopback_host(self.host):
            raise BadSetting((_UNSAFE, {}))
        return self

    @property
    def server_port(self) -> int:
        """The port; by default the one that belongs to the security (RFC 8314)."""
        return self.port or {"tls": 993, "starttls": 143, "none": 143}[self.security]


class RegistersSection(Section):
    """``[registers]``: the addresses of open registers; https, or a server on this computer."""

    prh_url: str = "https://avoindata.prh.fi/opendata-ytj-api/v3"
    ptv_url: str = "https://api.palvelutietovaranto.suomi.fi/api/v11"
    elections_url: str = "https://tulospalvelu.vaalit.fi"
    elections_year: int = Field(default=2025, ge=2025, le=2100)
    classifications_url: str = "https://data.stat.fi/api/classifications/v2"
    posti_url: str = "https://www.posti.fi/webpcode/unzip"

    @field_validator("prh_url", "ptv_url", "elections_url", "classifications_url", "posti_url")
    @classmethod
    def _safe(cls, url: str) -> str:
        parts = urlsplit(url)
        plain = not (parts.query or parts.fragment or "@" in parts.netloc) and parts.hostname
        if not plain or not (
            parts.scheme == "https" or is_loopback_address(f"{parts.scheme}://{parts.netloc}")
        ):
            raise BadSetting((_NOT_HTTPS, {}))
        return url.rstrip("/")


class MatchSection(Section):
    """``[match]``: the engine for large lists: this computer, or a Spark cluster (``master``).

    ``folder`` is for temporary files with their rows, by default the system's.
    """

    engine: Literal["duckdb", "spark"] = "duckdb"
    master: str = Field(default="local[*]", min_length=1, max_length=300)
    folder: str = ""

    @model_validator(mode="after")
    def _whole(self) -> MatchSection:
        if self.engine == "spark" and not self.master.startswith("local") and not self.folder:
            raise BadSetting((_NO_SHARED_FOLDER, {}))
        return self


class AutopilotSection(Section):
    """``[autopilot]``: what the autopilot does besides what is due."""

    lists: bool = False
    silent_days: int = Field(default=3, ge=1, le=365)


class RequestsSection(Section):
    """``[requests]``: where answers to requests of the sheet are sent, and who may ask by mail."""

    to: str = Field(default="", max_length=254)
    senders: tuple[str, ...] = Field(default=(), alias="from")

    @field_validator("to", "senders")
    @classmethod
    def _addresses(cls, given: str | tuple[str, ...]) -> str | tuple[str, ...]:
        for one in (given,) if isinstance(given, str) else given:
            if one and not email.read(one).value:
                raise BadSetting((_NO_ADDRESS, {"given": one}))
        return given


class Config(Section):
    """The whole configuration."""

    book: BookSection = BookSection()
    state: StateSection = StateSection()
    backup: BackupSection = BackupSection()
    privacy: PrivacySection = PrivacySection()
    apply: ApplySection = ApplySection()
    limits: LimitsSection = LimitsSection()
    google: GoogleSection = GoogleSection()
    letters: LettersSection = LettersSection()
    post: PostSection = PostSection()
    mailbox: MailboxSection = MailboxSection()
    answer_form: AnswerForm = AnswerForm()
    join_form: JoinForm = JoinForm()
    sign_up_form: SignUpForm = SignUpForm()
    registers: RegistersSection = RegistersSection()
    requests: RequestsSection = RequestsSection()
    autopilot: AutopilotSection = AutopilotSection()
    match: MatchSection = MatchSection()

    @model_validator(mode="after")
    def _sealed(self) -> Config:
        if self.state.in_register and not self.backup.recipient:
            raise BadSetting((_NOT_SEALED, {}))
        return self

    @property
    def answers_come(self) -> bool:
        """Whether a mailbox or a form for answers is configured."""
        forms = (self.answer_form.tab, self.join_form.tab, self.sign_up_form.tab)
        return bool(self.mailbox.kind or any(forms) or self.sign_up_form.file)

"""Every setting of the service, and the only place that reads the environment."""

import os
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from selection.rules.equality import LEAST as EQUALITY_LEAST
from selection.rules.extension import MOST_MONTHS as EXTENSION_MONTHS
from selection.rules.pairing import DEFAULT_VALID_MONTHS as ASSESSOR_MONTHS
from selection.rules.reminders import DAYS_BEFORE
from selection.rules.renewal import MONTHS as RENEWAL_MONTHS
from selection.rules.stops import APPEAL_DAYS, PANEL
from selection.rules.training import RECOGNISED_PASS_MONTHS

ROOT = Path(__file__).resolve().parent


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What the environment says, read once; `as_flask()` is what the application is made with."""

    database_url: str
    secret_key: str
    instance: Path
    port: int = 8000
    demo_password: str | None = None
    service_name: str = "Selection and delivery"
    smtp_url: str | None = None
    mail_from: str = "selection@service.example"
    secure_cookies: bool = False
    public_address: str = ""
    badge_key: str = ""
    checks_per_hour: int = 60
    proxies: int = 0
    renewal_months: int = RENEWAL_MONTHS
    extension_months: int = EXTENSION_MONTHS
    recognised_pass_months: int = RECOGNISED_PASS_MONTHS
    deselection_panel: int = PANEL
    stop_appeal_days: int = APPEAL_DAYS
    reminder_days: tuple[int, ...] = DAYS_BEFORE
    assessor_months: int = ASSESSOR_MONTHS
    equality_least: int = EQUALITY_LEAST
    assets_version: str = "dev"
    testing: bool = False

    def as_flask(self) -> dict[str, Any]:
        """Return the mapping that `create_app` takes: each field in upper case, and Flask's own keys."""
        own = {key.upper(): value for key, value in asdict(self).items()}
        return own | {
            "SQLALCHEMY_ENGINES": {"default": self.database_url},
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.secure_cookies,
            "REMEMBER_COOKIE_HTTPONLY": True,
            "PERMANENT_SESSION_LIFETIME": timedelta(hours=10),
            "WTF_CSRF_TIME_LIMIT": None,
            "MAX_CONTENT_LENGTH": 16 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "MAX_FORM_PARTS": 5_000,
        }


def settings() -> Settings:
    """Read the environment; what it leaves out takes the embedded defaults (SQLite under `var/`)."""
    instance = Path(os.environ.get("SELECTION_INSTANCE", ROOT / "var"))
    instance.mkdir(parents=True, exist_ok=True)
    return Settings(
        database_url=_psycopg(os.environ.get("DATABASE_URL") or f"sqlite:///{instance / 'selection.sqlite'}"),
        secret_key=os.environ.get("SECRET_KEY") or _kept_secret(instance / "secret_key"),
        instance=instance,
        port=int(os.environ.get("PORT", "8000")),
        demo_password=os.environ.get("SELECTION_DEMO_PASSWORD"),
        smtp_url=os.environ.get("SMTP_URL"),
        mail_from=os.environ.get("MAIL_FROM", "selection@service.example"),
        public_address=os.environ.get("PUBLIC_ADDRESS", "").rstrip("/"),
        badge_key=os.environ.get("BADGE_KEY") or _kept_secret(instance / "badge_key"),
        checks_per_hour=int(os.environ.get("CHECKS_PER_HOUR", "60")),
        proxies=int(os.environ.get("PROXIES", "0")),
        extension_months=int(os.environ.get("EXTENSION_MONTHS", EXTENSION_MONTHS)),
        recognised_pass_months=int(os.environ.get("RECOGNISED_PASS_MONTHS", RECOGNISED_PASS_MONTHS)),
        renewal_months=int(os.environ.get("RENEWAL_MONTHS", RENEWAL_MONTHS)),
        deselection_panel=int(os.environ.get("DESELECTION_PANEL", PANEL)),
        stop_appeal_days=int(os.environ.get("STOP_APPEAL_DAYS", APPEAL_DAYS)),
        reminder_days=_whole_numbers(os.environ.get("REMINDER_DAYS"), usual=DAYS_BEFORE),
        secure_cookies=os.environ.get("SECURE_COOKIES", "") == "1",
        assessor_months=int(os.environ.get("ASSESSOR_MONTHS", ASSESSOR_MONTHS)),
        equality_least=int(os.environ.get("EQUALITY_LEAST", EQUALITY_LEAST)),
        assets_version=_assets_version(),
    )


def _whole_numbers(listed: str | None, *, usual: tuple[int, ...]) -> tuple[int, ...]:
    """Read numbers with commas between them, such as "90,30,7"; what is not said is as usual."""
    return usual if listed is None else tuple(int(number) for number in listed.split(",") if number.strip())


def _psycopg(url: str) -> str:
    """Name the driver that we ship, for the address forms that people paste."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _kept_secret(path: Path) -> str:
    """Make a key once, 32 bytes in hexadecimal figures, readable by its owner only, and keep it."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32))
    return path.read_text(encoding="ascii")


def _assets_version() -> str:
    """Return the hash that the asset build left, so that browsers fetch a new style when it changes."""
    try:
        return (ROOT / "selection/static/dist/version.txt").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return "dev"

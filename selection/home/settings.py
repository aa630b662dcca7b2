"""The page of local settings: every number of the service that is not part of a standard, a course or a programme."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from config import Settings
from selection.rules.roles import Permission
from selection.web.gate import requires

bp = Blueprint("settings", __name__, url_prefix="/settings")


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """A number that the service's settings hold: its name there, what it decides, and what it counts."""

    name: str
    decides: str
    unit: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A setting with what is in force, in words, and whether that is as the service comes."""

    setting: Setting
    value: str
    as_it_comes: bool


SETTINGS = (
    Setting(
        name="REMINDER_DAYS",
        decides="How long before a certificate ends people are reminded, and from when on it shows as ending",
        unit="day",
    ),
    Setting(
        name="RENEWAL_MONTHS",
        decides="How long before its end a certificate can be renewed without losing the days left",
        unit="month",
    ),
    Setting(
        name="EXTENSION_MONTHS",
        decides="By how much a certificate can be extended extraordinarily at once",
        unit="month",
    ),
    Setting(
        name="RECOGNISED_PASS_MONTHS",
        decides="How long a selection that was recognised serves to book fundamental training",
        unit="month",
    ),
    Setting(
        name="ASSESSOR_MONTHS",
        decides="How long training as an assessor is valid, unless another number is entered with it",
        unit="month",
    ),
    Setting(name="DESELECTION_PANEL", decides="How many people decide a deselection at the least", unit="person"),
    Setting(name="STOP_APPEAL_DAYS", decides="How long a deselection can be appealed against", unit="day"),
    Setting(
        name="EQUALITY_LEAST",
        decides="Of how many people figures of equality monitoring are shown at the least",
        unit="person",
    ),
    Setting(
        name="CHECKS_PER_HOUR",
        decides="How many numbers of certificates one address may ask about in an hour",
        unit="number",
    ),
)
PLURALS = {"person": "people"}


@bp.get("/")
@requires(Permission.PROGRAMMES_READ)
def index() -> ResponseReturnValue:
    """Show every local setting that is in force, and where the others are."""
    return render_template("home/settings.html", settings=tuple(_shown(current_app.config)))


def _shown(config: Mapping[str, Any]) -> Iterator[Shown]:
    for setting in SETTINGS:
        value = config[setting.name]
        usual = Settings.__dataclass_fields__[setting.name.lower()].default
        yield Shown(setting=setting, value=_in_words(value, setting.unit), as_it_comes=value == usual)


def _in_words(value: int | tuple[int, ...], unit: str) -> str:
    numbers = [value] if isinstance(value, int) else list(value)
    *before, last = [str(number) for number in numbers] or ["no"]
    listed = f"{', '.join(before)} and {last}" if before else last
    return f"{listed} {unit if numbers == [1] else PLURALS.get(unit, f'{unit}s')}"

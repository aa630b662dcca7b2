"""A form on a page, filled in as a person would: what is already there stays, hidden fields go along."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from typing import Any

from bs4 import Tag

Value = str | int | bool | date | list[str] | tuple[str, bytes] | None
"""What a person gives a field: words, a day (three boxes), ticks (a list), a file (name, content), or None to clear."""


@dataclass
class Form:
    """A form, with what a browser would send if it were submitted as it stands."""

    tag: Tag
    pairs: list[tuple[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for control in self.tag.select("input[name], select[name], textarea[name]"):
            if not control.has_attr("disabled"):
                self.pairs += [(str(control["name"]), value) for value in _values(control)]

    @property
    def names(self) -> set[str]:
        """The names of the fields that can be filled in."""
        return {str(control["name"]) for control in self.tag.select("input[name], select[name], textarea[name]")}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Put the values in; a name or a choice that the form does not have is a mistake of the test."""
        for name, value in values.items():
            assert name in self.names, f"no field {name!r} in the form, only {sorted(self.names)}"
            given = _as_sent(value)
            self._must_be_offered(name, given)
            self.pairs = [pair for pair in self.pairs if pair[0] != name] + [(name, each) for each in given]

    def press(self, words: str | None) -> Tag | None:
        """Add what the button with these words sends; None is the first button, as the Enter key does."""
        buttons = [button for button in self.tag.select("button, input[type=submit]") if button.get("type") != "button"]
        if words is not None:
            buttons = [button for button in buttons if words in _words(button)]
            assert buttons, f"no button {words!r} in the form"
        if buttons and buttons[0].get("name"):
            self.pairs.append((str(buttons[0]["name"]), str(buttons[0].get("value") or "")))
        return buttons[0] if buttons else None

    def sent(self) -> dict[str, list[Any]]:
        """Return what is sent, for Flask's test client."""
        data: dict[str, list[Any]] = {}
        for name, value in self.pairs:
            data.setdefault(name, []).append(value)
        return data

    def _must_be_offered(self, name: str, given: list[Any]) -> None:
        choices = {
            str(choice.get("value") if choice.has_attr("value") else choice.get_text(strip=True))
            for choice in self.tag.select(f'[name="{name}"][type=radio], [name="{name}"][type=checkbox]')
            + self.tag.select(f'select[name="{name}"] option')
        }
        if choices:
            unknown = [value for value in given if value not in choices]
            assert not unknown, f"{name!r} does not offer {unknown}, only {sorted(choices)[:20]}"


def _values(control: Tag) -> list[str]:
    """Return what the control sends as it stands."""
    kind = str(control.get("type") or "text")
    if control.name == "textarea":
        return [control.get_text().removeprefix("\n")]
    if control.name == "select":
        options = control.select("option[selected]") or (
            [] if control.has_attr("multiple") else control.select("option")[:1]
        )
        return [
            str(option.get("value") if option.has_attr("value") else option.get_text(strip=True)) for option in options
        ]
    if kind in {"submit", "button", "reset", "image", "file"}:
        return []
    if kind in {"checkbox", "radio"}:
        return [str(control.get("value") or "on")] if control.has_attr("checked") else []
    return [str(control.get("value") or "")]


def _as_sent(value: Value) -> list[Any]:
    if value is None or value is False:
        return []
    if value is True:
        return ["y"]
    if isinstance(value, date):
        return [str(value.day), str(value.month), str(value.year)]
    if isinstance(value, tuple):
        name, content = value
        return [(BytesIO(content), name)]
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split()) or str(tag.get("value") or "")

"""Fields of the design system, drawn once each for as long as nothing is typed into them.

The library draws a field by a chain of macros, half a millisecond each time, for the same text each time. What a
person typed is never kept: such a field is drawn anew.
"""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from flask import Flask, current_app
from govuk_frontend_wtf.gov_form_base import GovFormBase
from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput
from markupsafe import Markup
from wtforms import Field, HiddenField
from wtforms.widgets import HiddenInput

HIDDEN = Markup('<input id="{id}" name="{name}" type="hidden" value="{value}">')

KEPT = 1024
MOST_ITEMS = 60
"""A choice of more than so many is seldom the same twice."""


def init_app(_app: Flask) -> None:
    """Let every field of the library draw itself this way, and hidden ones without ceremony."""
    GovFormBase.render = _drawn
    HiddenField.widget = Hidden()


class Hidden(HiddenInput):
    """A hidden field, of which the most have a value and nothing else."""

    def __call__(self, field: Field, **attributes: Any) -> Markup:
        """Return the field's HTML."""
        if attributes:
            return Markup(super().__call__(field, **attributes))  # noqa: S704 - WTForms escapes
        return HIDDEN.format(id=field.id, name=field.name, value=field._value())  # noqa: SLF001 - as widgets do


def _drawn(self: Any, params: dict[str, Any]) -> Markup:
    """Return the field's HTML."""
    if not isinstance(self, GovSubmitInput) and _typed_into(params):
        return _draw(self.template, params)
    return _remembered(self.template, _Frozen(params))


class _Frozen:
    """Parameters that can be looked up by what is in them."""

    __slots__ = ("key", "params")

    def __init__(self, params: dict[str, Any]) -> None:
        self.params = params
        self.key = _freeze(params)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and self.key == other.key


@lru_cache(maxsize=KEPT)
def _remembered(template: str, frozen: _Frozen) -> Markup:
    return _draw(template, frozen.params)


def _draw(template: str, params: dict[str, Any]) -> Markup:
    drawn = current_app.jinja_env.get_template(template).render(params=params)
    return Markup(drawn)  # noqa: S704 - a template of the library, which escapes


def _typed_into(params: dict[str, Any]) -> bool:
    items = params.get("items") or ()
    boxes = any(item.get("value") for item in items if "text" not in item)
    return bool(params.get("value")) or boxes or len(items) > MOST_ITEMS


def _freeze(value: Any) -> Hashable:
    """Return the value with its type, so that “1”, 1 and True stay apart, and lists and mappings made hashable."""
    if isinstance(value, dict):
        return tuple((key, _freeze(each)) for key, each in value.items())
    if isinstance(value, list | tuple):
        return tuple(_freeze(each) for each in value)
    return (type(value), str(value))

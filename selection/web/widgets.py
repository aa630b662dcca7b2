"""Fields of the design system, drawn once each for as long as nothing is typed into them.

The library draws a field by a chain of macros, half a millisecond each time, for the same text each time. What a
person typed is never kept: such a field is drawn anew.
"""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from flask import Flask, render_template
from govuk_frontend_wtf.gov_form_base import GovFormBase
from markupsafe import Markup

KEPT = 1024
MOST_ITEMS = 60
"""A choice of more than so many is seldom the same twice."""


def init_app(_app: Flask) -> None:
    """Let every field of the library draw itself this way."""
    GovFormBase.render = _drawn


def _drawn(self: Any, params: dict[str, Any]) -> Markup:
    """Return the field's HTML."""
    if _typed_into(params):
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
    return Markup(render_template(template, params=params))  # noqa: S704 - a template of the library, which escapes


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

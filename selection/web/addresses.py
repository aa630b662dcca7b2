"""Addresses within the service, worked out once each: they depend on nothing but the endpoint and its values."""

from functools import lru_cache, partial
from typing import Any

from flask import Flask, has_request_context, request, url_for
from werkzeug.routing import IntegerConverter

KEPT = 8192
LARGEST_ID = 2**31 - 1
"""No row has a larger one: an address with such a number leads nowhere, not to a database that cannot hold it."""

_PLAIN = {int, str, type(None)}
"""The types of value that are remembered; others may be equal and yet read differently, as True and 1 do."""


def init_app(app: Flask) -> None:
    """Give templates a `url_for` that remembers: on a page of links it costs as much as all the rest of the page."""

    @lru_cache(maxsize=KEPT)
    def remembered(_root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        return url_for(endpoint, **dict(values))

    def address(endpoint: str, **values: Any) -> str:
        """As Flask's `url_for`."""
        if not has_request_context() or endpoint[0] == "." or not _plain(values):
            return url_for(endpoint, **values)
        return remembered(request.script_root, endpoint, tuple(values.items()))

    app.jinja_env.globals["url_for"] = address
    app.url_map.converters["int"] = partial(IntegerConverter, max=LARGEST_ID)  # type: ignore[assignment]


def _plain(values: dict[str, Any]) -> bool:
    return all(type(value) in _PLAIN and key[0] != "_" for key, value in values.items())

"""What actions raise: a refusal with its reasons, a clash of versions, a row out of reach."""

from collections.abc import Mapping
from typing import Any

from selection.rules.reasons import Reason


class Refused(Exception):  # noqa: N818 - it reads as a sentence: raise Refused(*reasons)
    """The rules say no; carries every reason, in the order in which a person should read them."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__("; ".join(reason.message for reason in reasons))
        self.reasons = reasons


class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody changed the row after the form was opened; carries both versions, field by field."""

    def __init__(self, *, what: str, theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> None:
        super().__init__(f"{what} was changed meanwhile")
        self.what = what
        self.theirs = theirs
        self.yours = yours


class NotHere(Exception):  # noqa: N818
    """There is no such row within the reach of the person who asks."""

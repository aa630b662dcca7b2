"""Which certificates can be extended, until when, and by whom."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from selection.rules.calendar import NO_END
from selection.rules.extension import Extended, reasons_against_approver, reasons_against_extension
from selection.rules.validity import Span

TODAY = date(2027, 3, 15)
ENDS = Span(first=date(2024, 4, 1), last=date(2027, 3, 31))
ONE = Extended(staff_id=1, name="Ann", number="C-1", days=ENDS, withdrawn=False)


@pytest.mark.parametrize(
    ("days", "until", "codes"),
    [
        pytest.param(ENDS, date(2027, 4, 1), [], id="by a day"),
        pytest.param(ENDS, date(2028, 3, 31), [], id="as far as can be"),
        pytest.param(ENDS, date(2028, 4, 1), ["extension.too_far"], id="a day further"),
        pytest.param(ENDS, date(2027, 3, 31), ["extension.not_later"], id="to its own last day"),
        pytest.param(replace(ENDS, last=TODAY), date(2027, 4, 1), [], id="on its last day"),
        pytest.param(replace(ENDS, last=date(2027, 3, 14)), date(2027, 4, 1), ["extension.over"], id="the day after"),
        pytest.param(replace(ENDS, last=date(2028, 2, 29)), date(2029, 2, 28), [], id="from a leap day"),
        pytest.param(replace(ENDS, last=date(2028, 2, 29)), date(2029, 3, 1), ["extension.too_far"], id="and beyond"),
        pytest.param(replace(ENDS, last=NO_END), date(2028, 4, 1), ["extension.no_end"], id="what has no end"),
    ],
)
def test_reasons_against_extension(days: Span, until: date, codes: list[str]) -> None:
    found = reasons_against_extension(replace(ONE, days=days), until=until, approver_id=2, today=TODAY)
    assert [one.code for one in found] == codes


def test_nobody_extends_their_own_nor_what_was_withdrawn_and_the_months_are_a_setting() -> None:
    given: dict[str, Any] = {"until": date(2027, 9, 30), "today": TODAY}
    own = reasons_against_extension(replace(ONE, withdrawn=True), approver_id=1, **given)
    assert [one.code for one in own] == ["extension.own", "extension.withdrawn"]
    for most, codes in ((6, []), (5, ["extension.too_far"])):
        found = reasons_against_extension(ONE, approver_id=2, most_months=most, **given)
        assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("approver_id", "reason", "expected"),
    [
        pytest.param(2, "A flood.", [], id="another"),
        pytest.param(3, "A flood.", [("extension.requester", "requested_by")], id="who asked"),
        pytest.param(None, "A flood.", [("extension.nobody", None)], id="a login of nobody"),
        pytest.param(2, " \n", [("reason.missing", "reason")], id="blank is no reason"),
        pytest.param(3, "", [("extension.requester", "requested_by"), ("reason.missing", "reason")], id="both at once"),
    ],
)
def test_who_approves_is_somebody_who_did_not_ask_and_says_why(
    approver_id: int | None, reason: str, expected: list[tuple[str, str | None]]
) -> None:
    found = reasons_against_approver(approver_id, requested_by_id=3, reason=reason)
    assert [(one.code, one.field) for one in found] == expected

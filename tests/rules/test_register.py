"""What an entry of the staff register must be like."""

from dataclasses import replace
from datetime import date

import pytest

from selection.rules.register import Entry, reasons_against_entry, tidied

ANN = Entry(
    number="S00001",
    name="Ann Other",
    email="ann.other@service.example",
    job_title="Probation officer",
    area_id=1,
    joined_on=date(2020, 1, 6),
    left_on=date(2027, 1, 6),
    line_manager="S00002",
)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, [], id="all is well"),
        pytest.param({"job_title": "", "left_on": None, "line_manager": ""}, [], id="what may be empty is"),
        pytest.param(
            {"number": "", "name": "", "email": "", "area_id": None, "joined_on": None},
            ["number.missing", "name.missing", "email.missing", "area_id.missing", "joined_on.missing"],
            id="what must not be empty is: all at once",
        ),
        pytest.param({"number": "A" * 20}, [], id="a number of twenty letters"),
        pytest.param({"number": "A" * 21}, ["number.too_long"], id="a number of twenty-one letters"),
        pytest.param({"number": "S 1"}, ["number.spaces"], id="a number in two words"),
        pytest.param({"name": "ष" * 200}, [], id="a name of two hundred letters in any script"),
        pytest.param({"name": "a" * 201}, ["name.too_long"], id="a name of two hundred and one"),
        pytest.param({"name": "=HYPERLINK(1)"}, [], id="a name that looks like a formula is text"),
        pytest.param({"job_title": "a" * 201}, ["job_title.too_long"], id="a long job title"),
        pytest.param({"email": "a@b.example"}, [], id="a short address"),
        pytest.param({"email": "å@bücher.example"}, [], id="an address in another script"),
        pytest.param({"email": "a" * 243 + "@ab.example"}, [], id="an address of 254 letters"),
        pytest.param({"email": "a" * 244 + "@ab.example"}, ["email.too_long"], id="an address of 255 letters"),
        *(
            pytest.param({"email": wrong}, ["email.malformed"], id=f"no address: {wrong}")
            for wrong in ("ann", "ann@", "@service.example", "ann@service", "a@b@c.example", "a b@c.example", "a@b..c")
        ),
        pytest.param({"left_on": date(2020, 1, 6)}, [], id="leaves on the first day"),
        pytest.param({"left_on": date(2020, 1, 5)}, ["left_on.before_joining"], id="leaves before the first day"),
        pytest.param({"joined_on": date(1900, 1, 1)}, [], id="the earliest day"),
        pytest.param({"joined_on": date(1899, 12, 31)}, ["joined_on.out_of_time"], id="the day before it"),
        pytest.param({"left_on": date(2199, 12, 31)}, [], id="the latest day"),
        pytest.param({"left_on": date(2200, 1, 1)}, ["left_on.out_of_time"], id="the day after it"),
        pytest.param({"line_manager": "S00001"}, ["line_manager.own"], id="their own line manager"),
        pytest.param({"line_manager": "A" * 21}, ["line_manager.too_long"], id="a long number of the manager"),
    ],
)
def test_reasons_against_entry(change: dict[str, object], expected: list[str]) -> None:
    reasons = reasons_against_entry(replace(ANN, **change))  # type: ignore[arg-type]
    assert [reason.code for reason in reasons] == expected
    assert all(reason.field == reason.code.split(".")[0] and reason.remedy for reason in reasons)


def test_an_entry_is_stored_tidily() -> None:
    typed = replace(
        ANN, number=" S00001 ", name=" Ann\u00a0  Other ", email=" Ann.Other@Service.Example\t", line_manager=" S00002"
    )
    assert tidied(typed) == ANN

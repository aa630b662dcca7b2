"""Earlier training: which rows of a person can stand for certificates, and until when; who decides on a file."""

from dataclasses import replace
from datetime import date

import pytest

from selection.rules.calendar import NO_END
from selection.rules.historic import Had, Passed, judged, reasons_against_deciding, reasons_against_importing
from selection.rules.programmes import Stage
from selection.rules.requests import RequestState
from selection.rules.training import CourseKind
from selection.rules.validity import Span

TODAY = date(2027, 3, 15)
SELECTED = Passed(
    row=2,
    course="Selection",
    stage=Stage.SELECTION,
    programme_id=None,
    kind=CourseKind.TRAINING,
    from_programme_id=None,
    passed_on=date(2015, 1, 10),
    valid_months=None,
    valid_until=None,
)
TRAINED = replace(SELECTED, row=3, stage=Stage.FUNDAMENTAL, passed_on=date(2015, 6, 1), valid_months=36)
SPECIFIC = replace(TRAINED, row=4, stage=Stage.PROGRAMME, programme_id=1, passed_on=date(2016, 2, 29))
REFRESHED = replace(TRAINED, row=5, kind=CourseKind.REFRESHER, passed_on=date(2018, 5, 31))
CONVERTED = replace(SPECIFIC, row=6, kind=CourseKind.CONVERSION, programme_id=2, from_programme_id=1)
PATH = (SELECTED, TRAINED, SPECIFIC)


def _had(stage: Stage, first: date, last: date, programme_id: int | None = None) -> Had:
    return Had(stage=stage, programme_id=programme_id, days=Span(first=first, last=last))


SELECTION_ON_RECORD = _had(Stage.SELECTION, date(2014, 1, 1), NO_END)


def _against(*rows: Passed, had: tuple[Had, ...] = ()) -> dict[int, list[str]]:
    found = judged(rows, had, today=TODAY, renewal_months=6)
    return {one.passed.row: [reason.code for reason in one.reasons] for one in found if one.reasons}


@pytest.mark.parametrize(
    ("rows", "had", "expected"),
    [
        pytest.param(PATH, (), {}, id="the whole path in one file"),
        pytest.param(tuple(reversed(PATH)), (), {}, id="in whatever order the file has it"),
        pytest.param((TRAINED, SPECIFIC), (SELECTION_ON_RECORD,), {}, id="the step before is on record"),
        pytest.param((TRAINED,), (), {3: ["selection.missing"]}, id="nothing before it"),
        pytest.param((SELECTED, SPECIFIC), (), {4: ["fundamental.missing"]}, id="a step is skipped"),
        pytest.param(
            (replace(SELECTED, passed_on=date(2015, 6, 2)), TRAINED),
            (),
            {3: ["selection.missing"]},
            id="selected a day too late",
        ),
        pytest.param((replace(SELECTED, passed_on=date(2015, 6, 1)), TRAINED), (), {}, id="both on one day"),
        pytest.param(
            (SELECTED, TRAINED, replace(SPECIFIC, passed_on=date(2018, 5, 31))), (), {}, id="on its last valid day"
        ),
        pytest.param(
            (SELECTED, TRAINED, replace(SPECIFIC, passed_on=date(2018, 6, 1))),
            (),
            {4: ["fundamental.not_valid"]},
            id="the day after",
        ),
        pytest.param(
            (SELECTED, replace(TRAINED, valid_until=date(2016, 2, 28)), SPECIFIC),
            (),
            {4: ["fundamental.not_valid"]},
            id="ended earlier, as the file says",
        ),
        pytest.param((*PATH, REFRESHED), (), {}, id="refreshed"),
        pytest.param((SELECTED, REFRESHED), (), {5: ["fundamental.missing"]}, id="nothing to refresh"),
        pytest.param(
            (*PATH, replace(REFRESHED, passed_on=date(2021, 1, 1))), (), {}, id="refreshed long after it ended: a gap"
        ),
        pytest.param((*PATH, CONVERTED), (), {}, id="converted"),
        pytest.param((SELECTED, TRAINED, CONVERTED), (), {6: ["programme.missing"]}, id="nothing to convert from"),
        pytest.param((CONVERTED,), (), {6: ["fundamental.missing", "programme.missing"]}, id="every reason at once"),
        pytest.param((replace(SELECTED, passed_on=date(2027, 3, 16)),), (), {2: ["passed.to_come"]}, id="tomorrow"),
        pytest.param((replace(SELECTED, passed_on=TODAY),), (), {}, id="today"),
        pytest.param((replace(SELECTED, passed_on=date(215, 1, 1)),), (), {2: ["passed.too_early"]}, id="a slip"),
        pytest.param(
            (replace(SELECTED, valid_until=date(2015, 1, 9)),), (), {2: ["days.order"]}, id="ends before it was passed"
        ),
        pytest.param(
            (SELECTED, TRAINED, replace(TRAINED, row=9)), (), {9: ["passed.there"]}, id="the same step on the same day"
        ),
        pytest.param(
            (SELECTED,),
            (_had(Stage.SELECTION, SELECTED.passed_on, NO_END),),
            {2: ["passed.there"]},
            id="a certificate from that day on is on record",
        ),
        pytest.param(
            (TRAINED, SPECIFIC),
            (),
            {3: ["selection.missing"], 4: ["fundamental.missing"]},
            id="what is refused carries nothing after it",
        ),
        pytest.param(
            (TRAINED,),
            (_had(Stage.SELECTION, date(2016, 1, 1), date(2015, 1, 1)),),
            {3: ["selection.missing"]},
            id="a certificate that ended before it began carries nothing",
        ),
    ],
)
def test_the_path_holds_for_earlier_years(
    rows: tuple[Passed, ...], had: tuple[Had, ...], expected: dict[int, list[str]]
) -> None:
    assert _against(*rows, had=had) == expected


@pytest.mark.parametrize(
    ("passed", "had", "last"),
    [
        pytest.param(SELECTED, (), NO_END, id="a selection has no end"),
        pytest.param(
            replace(SELECTED, valid_until=date(2017, 1, 9)), (), date(2017, 1, 9), id="unless the file has it"
        ),
        pytest.param(TRAINED, (), date(2018, 5, 31), id="the eve of the anniversary"),
        pytest.param(replace(TRAINED, passed_on=date(2016, 2, 29)), (), date(2019, 2, 27), id="a leap day"),
        pytest.param(replace(TRAINED, valid_until=date(2030, 1, 1)), (), date(2030, 1, 1), id="as the file says"),
        pytest.param(
            TRAINED,
            (_had(Stage.FUNDAMENTAL, date(2012, 9, 1), date(2015, 8, 31)),),
            date(2018, 8, 31),
            id="renewed in time, the days left are added",
        ),
        pytest.param(
            TRAINED,
            (_had(Stage.FUNDAMENTAL, date(2012, 3, 1), date(2015, 5, 31)),),
            date(2018, 5, 31),
            id="renewed the day after",
        ),
    ],
)
def test_until_when_it_is_valid(passed: Passed, had: tuple[Had, ...], last: date) -> None:
    (one,) = judged([passed], [SELECTION_ON_RECORD, *had], today=TODAY, renewal_months=6)
    assert (one.days, one.reasons) == (Span(first=passed.passed_on, last=last), ())


def test_every_reason_names_its_column_and_says_what_to_do() -> None:
    rows = (CONVERTED, REFRESHED, replace(SELECTED, passed_on=date(2030, 1, 1), valid_until=date(2029, 1, 1)))
    reasons = [reason for one in judged(rows, (), today=TODAY, renewal_months=6) for reason in one.reasons]
    assert {reason.field for reason in reasons} == {"course", "passed_on", "valid_until"}
    assert all(reason.remedy for reason in reasons)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param({}, [], id="another training lead, for a reason"),
        pytest.param({"decider_id": 1}, ["import.importer"], id="whoever handed it in"),
        pytest.param({"decider_in_file": True}, ["import.own"], id="somebody whom the file names"),
        pytest.param({"decider_id": None}, ["import.nobody"], id="a login without a person"),
        pytest.param({"reason": " "}, ["reason.missing"], id="no reason"),
        pytest.param({"state": RequestState.TAKEN_BACK}, ["import.decided"], id="not open"),
    ],
)
def test_who_decides(given: dict[str, object], expected: list[str]) -> None:
    usual = {"state": RequestState.OPEN, "reason": "Compared", "importer_id": 1, "decider_id": 2}
    values = usual | given
    found = reasons_against_deciding(values.pop("state"), values.pop("reason"), **values)  # type: ignore[arg-type]
    assert [reason.code for reason in found] == expected


def test_a_file_has_somebody_who_answers_for_it() -> None:
    assert reasons_against_importing(1, "The old register") == ()
    codes = [reason.code for reason in reasons_against_importing(None, " ")]
    assert codes == ["import.nobody", "reason.missing"]

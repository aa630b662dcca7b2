"""A supervisor's records: whom they can be on, what a signature needs, and that not applicable is not nought."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from selection.rules.records import (
    AnswerKind,
    Draft,
    Form,
    Points,
    Question,
    RecordKind,
    Subject,
    mean,
    reasons_against_keeping,
    reasons_against_publishing,
    reasons_against_signing,
)
from selection.rules.validity import Span

TODAY = date(2027, 3, 15)
UNDER = Span(first=date(2027, 2, 1), last=date(2027, 8, 31))
FAY = Subject(staff_id=2, name="Fay", on_day=TODAY, spells=(UNDER,))
DRAFT = Draft(
    kind=RecordKind.SUPERVISION, supervisor_id=1, held_on=TODAY, supervises=(UNDER,), subjects=(FAY,), next_on=None
)
FAR = Span(first=date(2027, 4, 1), last=date(2027, 5, 31))


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        pytest.param({}, (), id="today, on somebody supervised"),
        pytest.param({"held_on": date(2027, 3, 16)}, ("record.to_come",), id="not held yet"),
        pytest.param({"supervises": (FAR,)}, ("record.not_supervising",), id="not the supervisor on that day"),
        pytest.param({"supervises": ()}, ("record.not_supervising",), id="never the supervisor"),
        pytest.param({"subjects": ()}, ("record.nobody",), id="on nobody"),
        pytest.param({"subjects": (replace(FAY, staff_id=1),)}, ("record.own",), id="on oneself"),
        pytest.param({"subjects": (replace(FAY, spells=(FAR,)),)}, ("record.not_supervised",), id="not on the group"),
        pytest.param({"next_on": TODAY}, ("record.next_before",), id="next is not later"),
        pytest.param({"next_on": date(2027, 3, 16)}, (), id="next is the day after"),
        pytest.param({"corrects": True}, ("reason.missing",), id="a correction without a reason"),
        pytest.param({"corrects": True, "reason": "Wrong day"}, (), id="a correction with a reason"),
        pytest.param(
            {"kind": RecordKind.REVIEW, "session_on": date(2027, 3, 16)}, ("record.before_session",), id="too soon"
        ),
        pytest.param({"kind": RecordKind.REVIEW, "session_on": date(2027, 3, 1)}, (), id="a recording of that month"),
        pytest.param(
            {"kind": RecordKind.OBSERVATION, "session_on": date(2027, 3, 1)}, ("record.not_that_day",), id="seen later"
        ),
        pytest.param(
            {"kind": RecordKind.REVIEW, "session_on": TODAY, "subjects": (FAY,) * 4}, ("record.too_many",), id="of four"
        ),
        pytest.param({"subjects": (FAY,) * 4}, (), id="an appointment with four"),
        pytest.param(
            {"kind": RecordKind.REVIEW, "session_on": TODAY, "delivered_it": True},
            ("record.own_session",),
            id="a review of a session that the supervisor delivered",
        ),
        pytest.param(
            {"subjects": (), "supervises": (), "corrects": True},
            ("record.not_supervising", "record.nobody", "reason.missing"),
            id="every reason at once",
        ),
    ],
)
def test_what_can_be_kept(change: dict[str, Any], codes: tuple[str, ...]) -> None:
    reasons = reasons_against_keeping(replace(DRAFT, **change), today=TODAY)
    assert tuple(reason.code for reason in reasons) == codes
    assert all(reason.field for reason in reasons)


WATCHED = Question(id=1, text="What was watched", answer=AnswerKind.WORDS, required=True)
NOTES = Question(id=2, text="Notes", answer=AnswerKind.WORDS)
CLEAR = Question(id=3, text="Explains clearly", answer=AnswerKind.POINTS)
TOGETHER = Question(id=4, text="Works together", answer=AnswerKind.POINTS, from_facilitators=2)
REVIEW = Form(kind=RecordKind.REVIEW, scale_max=5, questions=(WATCHED, NOTES, CLEAR, TOGETHER))
APPOINTMENT = Form(kind=RecordKind.SUPERVISION, scale_max=None, questions=(NOTES,))
SAID = {1: "The first hour"}
THREE, NOT_APPLICABLE = Points(points=3), Points(not_applicable=True)


@pytest.mark.parametrize(
    ("form", "people", "words", "ratings", "next_on", "fields"),
    [
        pytest.param(REVIEW, [7], SAID, {(3, 7): THREE}, None, (), id="one facilitator is not asked of two"),
        pytest.param(REVIEW, [7], SAID, {(3, 7): NOT_APPLICABLE}, None, (), id="not applicable is an answer"),
        pytest.param(REVIEW, [7], SAID, {}, None, ("points-3-7",), id="unrated"),
        pytest.param(REVIEW, [7], SAID, {(3, 7): Points()}, None, ("points-3-7",), id="left empty"),
        pytest.param(
            REVIEW,
            [7, 8],
            SAID,
            {(3, 7): THREE, (3, 8): THREE},
            None,
            ("points-4-7", "points-4-8"),
            id="two are asked together",
        ),
        pytest.param(REVIEW, [7], {2: "x"}, {(3, 7): THREE}, None, ("words-1",), id="a heading that is needed"),
        pytest.param(REVIEW, [7], {}, {(3, 7): THREE}, None, ("words-1",), id="not a word, and said once"),
        pytest.param(APPOINTMENT, [7], {2: "x"}, {}, date(2027, 4, 12), (), id="an appointment"),
        pytest.param(APPOINTMENT, [7], {2: "x"}, {}, None, ("next_on",), id="nothing agreed on"),
        pytest.param(APPOINTMENT, [7], {2: " "}, {}, TODAY, ("words-2",), id="blanks are no words"),
        pytest.param(APPOINTMENT, [], {}, {}, None, ("subjects",), id="nobody came"),
    ],
)
def test_what_a_signature_needs(
    form: Form,
    people: list[int],
    words: dict[int, str],
    ratings: dict[tuple[int, int], Points],
    next_on: date | None,
    fields: tuple[str, ...],
) -> None:
    names = {number: f"Person {number}" for number in people}
    reasons = reasons_against_signing(form, names, words=words, ratings=ratings, next_on=next_on)
    assert tuple(reason.field for reason in reasons) == fields
    rated = [reason for reason in reasons if (reason.field or "").startswith("points")]
    assert all(f"Person {reason.field[-1]}" in reason.message for reason in rated if reason.field)


@pytest.mark.parametrize(
    ("ratings", "expected"),
    [
        pytest.param([THREE, Points(points=4)], Fraction(7, 2), id="two"),
        pytest.param([THREE, NOT_APPLICABLE], Fraction(3), id="not applicable is not nought"),
        pytest.param([NOT_APPLICABLE], None, id="nothing was rated"),
        pytest.param([], None, id="nothing at all"),
    ],
)
def test_the_mean_leaves_out_what_does_not_apply(ratings: list[Points], expected: Fraction | None) -> None:
    assert mean(ratings) == expected


@pytest.mark.parametrize(
    ("form", "codes"),
    [
        pytest.param(REVIEW, (), id="a review"),
        pytest.param(APPOINTMENT, (), id="an appointment"),
        pytest.param(replace(REVIEW, questions=()), ("form.empty", "form.unrated"), id="empty"),
        pytest.param(replace(REVIEW, questions=(NOTES,)), ("form.unrated",), id="a review that rates nothing"),
        pytest.param(replace(REVIEW, scale_max=None), ("form.no_scale",), id="no scale"),
    ],
)
def test_what_can_be_published(form: Form, codes: tuple[str, ...]) -> None:
    assert tuple(reason.code for reason in reasons_against_publishing(form)) == codes

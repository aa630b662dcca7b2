"""What may be done at a centre, by whom and when."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from selection.rules.centres import (
    Candidate,
    Centre,
    Sitting,
    reasons_against_chairing,
    reasons_against_changing,
    reasons_against_closing,
    reasons_against_computing,
    reasons_against_discussing,
    reasons_against_incident,
    reasons_against_moving,
    reasons_against_signing,
    reasons_against_taking_back,
    reasons_against_third,
    reasons_against_unseating,
    reasons_against_voiding,
)
from selection.rules.outcomes import Outcome
from selection.rules.scoring import gaps_in_incident
from selection.rules.standards import ExerciseKind
from tests.rules.selection_facts import codes

CENTRE = Centre(chair_id=1, chair_name="Chris Chair", closed=False)
CLOSED = Centre(chair_id=1, chair_name="Chris Chair", closed=True)


def sitting(**given: Any) -> Sitting:
    return replace(Sitting(kind=ExerciseKind.ROLE_PLAY, revealed=True), **given)


UNSEALED = sitting(revealed=False, unsealed=("Ann", "Ben"))
SHORT = sitting(revealed=False, open_seats=1)
DONE = sitting(outcome=Outcome.COMPETENT)


def test_only_the_chair_chairs():
    assert reasons_against_chairing(CENTRE, 1) == ()
    for somebody in (2, None):
        [reason] = reasons_against_chairing(CENTRE, somebody)
        assert reason.code == "centre.not_chair"
        assert reason.message == "Only the chair of this centre, Chris Chair, may do this."


@pytest.mark.parametrize(
    ("centre", "decided", "expected"),
    [
        pytest.param(CENTRE, False, [], id="open and undecided"),
        pytest.param(CLOSED, False, ["centre.closed"], id="closed"),
        pytest.param(CENTRE, True, ["candidate.decided"], id="decided"),
        pytest.param(CLOSED, True, ["centre.closed", "candidate.decided"], id="both"),
    ],
)
def test_reasons_against_changing(centre, decided, expected):
    assert codes(reasons_against_changing(centre, decided=decided)) == expected


def test_there_is_nothing_to_discuss_before_the_reveal_or_when_void():
    assert reasons_against_discussing(sitting()) == ()
    assert codes(reasons_against_discussing(UNSEALED)) == ["sitting.not_revealed"]
    assert codes(reasons_against_discussing(sitting(void=True))) == ["sitting.void"]


@pytest.mark.parametrize(
    ("about", "reason", "expected"),
    [
        pytest.param(sitting(incident_reported=True), "Seen on video.", [], id="reported"),
        pytest.param(sitting(incident_reported=True), " ", ["incident.no_reason"], id="no reason"),
        pytest.param(sitting(), "Seen on video.", ["incident.none"], id="not reported"),
        pytest.param(UNSEALED, "Seen on video.", ["sitting.not_revealed"], id="not revealed"),
    ],
)
def test_reasons_against_incident(about, reason, expected):
    assert codes(reasons_against_incident(about, reason=reason)) == expected


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        pytest.param(sitting(), [], id="revealed"),
        pytest.param(UNSEALED, ["sitting.not_revealed"], id="not sealed"),
        pytest.param(SHORT, ["sitting.not_revealed"], id="an open seat"),
        pytest.param(sitting(incident_reported=True), ["outcome.incident_open"], id="an incident is open"),
        pytest.param(sitting(incident_reported=True, incident_settled=True), [], id="an incident is settled"),
        pytest.param(sitting(revealed=False, void=True, unsealed=("Ann",)), [], id="void needs no form"),
    ],
)
def test_reasons_against_computing(about, expected):
    assert codes(reasons_against_computing(about)) == expected


def test_a_refusal_names_those_who_have_not_sealed():
    [reason] = reasons_against_computing(UNSEALED)
    assert reason.message == "Ann and Ben did not seal the role play yet."
    [reason] = reasons_against_computing(SHORT)
    assert reason.message == "The role play lacks an assessor."


@pytest.mark.parametrize(
    ("about", "why", "expected"),
    [
        pytest.param(sitting(), "A fire alarm.", [], id="with a reason"),
        pytest.param(UNSEALED, "A fire alarm.", [], id="before the reveal"),
        pytest.param(sitting(), "", ["void.no_reason"], id="without a reason"),
        pytest.param(sitting(void=True), "A fire alarm.", ["void.already"], id="twice"),
    ],
)
def test_reasons_against_voiding(about, why, expected):
    assert codes(reasons_against_voiding(about, why=why)) == expected


@pytest.mark.parametrize(
    ("about", "still_open", "thirds", "expected"),
    [
        pytest.param(sitting(), 1, [], [], id="a deadlock"),
        pytest.param(sitting(), 0, [], ["third.not_needed"], id="nothing to discuss"),
        pytest.param(sitting(), 1, ["Dev"], ["third.already"], id="a third is there"),
        pytest.param(UNSEALED, 0, [], ["sitting.not_revealed"], id="before the reveal"),
        pytest.param(sitting(void=True), 1, [], ["third.void"], id="void"),
    ],
)
def test_reasons_against_third(about, still_open, thirds, expected):
    assert codes(reasons_against_third(about, open_competencies=still_open, thirds=thirds)) == expected


@pytest.mark.parametrize(
    ("about", "expected"),
    [
        pytest.param(DONE, [], id="an outcome"),
        pytest.param(sitting(outcome=Outcome.NOT_YET), [], id="not yet"),
        pytest.param(sitting(outcome=Outcome.INCOMPLETE), [], id="incomplete defers"),
        pytest.param(sitting(), ["decision.no_outcome"], id="no outcome"),
        pytest.param(sitting(outcome=Outcome.BORDERLINE), ["decision.borderline"], id="an unresolved borderline"),
        pytest.param(
            sitting(outcome=Outcome.COMPETENT, sealed_since=("Dev",)),
            ["decision.sealed_since"],
            id="a third seals late",
        ),
        pytest.param(UNSEALED, ["decision.unsealed"], id="an open form"),
        pytest.param(SHORT, ["decision.open_seat"], id="an open seat"),
        pytest.param(
            sitting(revealed=False, unsealed=("Ann",), void=True, outcome=Outcome.VOID), [], id="void waits for nobody"
        ),
    ],
)
def test_reasons_against_signing(about, expected):
    candidate = Candidate(name="Cara", decided=False, sittings=(DONE, about))
    assert codes(reasons_against_signing(candidate)) == expected


def test_a_centre_closes_when_all_is_sealed_and_decided():
    done = Candidate(name="Cara", decided=True, sittings=(DONE,))
    waiting = Candidate(name="Dan", decided=False, sittings=(UNSEALED, sitting(void=True, unsealed=("Ann",))))
    assert reasons_against_closing(CENTRE, [done]) == ()
    assert reasons_against_closing(CENTRE, []) == ()
    assert codes(reasons_against_closing(CENTRE, [done, waiting])) == ["centre.unsealed", "centre.undecided"]
    assert codes(reasons_against_closing(CLOSED, [done])) == ["centre.closed"]


def test_a_candidate_is_taken_back_until_somebody_begins():
    assert reasons_against_taking_back("Cara", begun_by=[], void=[]) == ()
    begun, void = reasons_against_taking_back("Cara", begun_by=["Ann", "Ben", "Dev"], void=[ExerciseKind.ROLE_PLAY])
    assert begun.message == "Ann, Ben and Dev began to rate Cara, and what was rated is kept."
    assert void.message == "The role play of Cara is declared void, and what was declared is kept."


def test_an_assessor_is_taken_off_until_they_begin():
    assert reasons_against_unseating("Ann", begun=False, sealed=False) == ()
    assert codes(reasons_against_unseating("Ann", begun=True, sealed=False)) == ["assessor.begun"]
    assert codes(reasons_against_unseating("Ann", begun=True, sealed=True)) == ["assessor.sealed"]


def test_a_reported_incident_says_what_happened():
    assert gaps_in_incident(reported=False, note="") == ()
    assert gaps_in_incident(reported=True, note="Shouted at the actor.") == ()
    [gap] = gaps_in_incident(reported=True, note=" ")
    assert (gap.code, gap.field) == ("form.incident_unsaid", "incident_note")


@pytest.mark.parametrize(
    ("to", "sealed", "expected"),
    [
        pytest.param(15, True, [], id="to today"),
        pytest.param(16, True, ["centre.held"], id="to tomorrow, with a sealed form"),
        pytest.param(16, False, [], id="to tomorrow, with nothing sealed"),
    ],
)
def test_a_centre_whose_forms_are_sealed_was_held(to: int, sealed: bool, expected: list[str]) -> None:
    reasons = reasons_against_moving(to=date(2027, 3, to), today=date(2027, 3, 15), sealed=sealed)
    assert codes(reasons) == expected

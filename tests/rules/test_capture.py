"""How changes of a form arrive, who may type one from paper, and what keeps a day from being closed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.rules.capture import (
    Hold,
    Typist,
    Verdict,
    judge,
    reasons_against_closing_held,
    reasons_against_giving_up,
    reasons_against_transcribing,
)

HELD = Hold(
    device="iPad", assessor="Ann", about="role play of Cara", seen_at=datetime(2027, 3, 15, tzinfo=UTC), unsent=0
)


@pytest.mark.parametrize(
    ("base", "version", "known", "verdict"),
    [
        pytest.param(3, 3, None, Verdict.APPLY, id="made on what is stored"),
        pytest.param(2, 3, None, Verdict.STALE, id="made on an older version"),
        pytest.param(4, 3, None, Verdict.AHEAD, id="has overtaken another"),
        pytest.param(2, 3, "hash", Verdict.ALREADY, id="the same again"),
        pytest.param(3, 3, "hash", Verdict.ALREADY, id="the same again, whatever the version"),
        pytest.param(2, 3, "other", Verdict.REUSED, id="the id of another"),
        pytest.param(3, 3, "other", Verdict.REUSED, id="the id of another, on what is stored"),
    ],
)
def test_judge(base: int, version: int, known: str | None, verdict: Verdict) -> None:
    assert judge(base_version=base, version=version, known_hash=known, payload_hash="hash") is verdict


@given(st.permutations(range(5)), st.data())
def test_whatever_the_network_does_each_is_applied_once_and_in_order(order: list[int], data: st.DataObject) -> None:
    """Five operations are delivered in any order, any of them again and again; a device sends on until all are in."""
    applied: list[int] = []
    noise = data.draw(st.lists(st.sampled_from(order), max_size=10))
    for number in [*order, *noise, *range(5), *noise]:
        known = str(number) if number in applied else None
        verdict = judge(base_version=number + 1, version=len(applied) + 1, known_hash=known, payload_hash=str(number))
        if verdict is Verdict.APPLY:
            applied.append(number)
        assert (verdict is Verdict.ALREADY) == (known is not None)
        assert verdict is not Verdict.REUSED
    assert applied == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("typist", "codes"),
    [
        pytest.param(Typist(), [], id="somebody who has nothing to do with it"),
        pytest.param(Typist(begun_by="Tina", began_it=True), [], id="whoever began it goes on"),
        pytest.param(Typist(begun_by="Ann"), ["begun"], id="begun by the assessor"),
        pytest.param(Typist(is_assessor_of_form=True, assesses=True), ["own"], id="one's own"),
        pytest.param(Typist(assesses=True), ["assesses"], id="another assessor"),
        pytest.param(Typist(chairs=True, is_candidate=True), ["chairs", "candidate"], id="all reasons at once"),
    ],
)
def test_who_types_from_paper(typist: Typist, codes: list[str]) -> None:
    reasons = reasons_against_transcribing(typist)
    assert [reason.code.removeprefix("transcription.") for reason in reasons] == codes
    assert all(reason.remedy for reason in reasons)


def test_a_day_is_not_closed_while_a_device_holds_a_form() -> None:
    assert reasons_against_closing_held([]) == ()
    [reason] = reasons_against_closing_held([HELD])
    assert reason.message == "Ann has the role play of Cara open on a device (iPad)."
    assert "hand it back" in reason.remedy
    assert len(reasons_against_closing_held([HELD, HELD])) == 2


def test_a_device_is_given_up_with_a_reason() -> None:
    assert [reason.field for reason in reasons_against_giving_up(why=" ")] == ["why"]
    assert reasons_against_giving_up(why="Stolen.") == ()

"""The wash-up: what the ratings settle, what must be discussed, and what the chair records of it."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from selection.models.people import Grant
from selection.models.scoring import ExerciseOutcome, Moderation, RatingForm
from selection.models.trail import TrailEntry
from selection.rules.roles import Role
from selection.rules.scoring import GlobalJudgement
from selection.rules.standards import ExerciseKind
from tests.centres.pages import at, filled, form, letters, send
from tests.factories import centres, people
from tests.factories.centres import Prepared
from tests.pages import Browserlike
from tests.store import Store

Clients = Callable[[], Browserlike]
pytestmark = pytest.mark.usefixtures("clock")
ROLE_PLAY = ExerciseKind.ROLE_PLAY
AGREED = {"value": "3", "reason": "Ben had missed the second half.", "evidence": "The summary at the end."}


def there_with(store: Store, first: Sequence[int | None], second: Sequence[int | None], **second_form: Any) -> Prepared:
    """Return a role play that both assessors have sealed with these points."""
    with store.session() as session:
        there = centres.prepared(session, kinds=[ROLE_PLAY])
        ann, ben = there.forms[ROLE_PLAY]
        centres.rate(session, ann, first)
        centres.rate(session, ben, second, **second_form)
        return there


def said(points: int | None) -> str:
    """Return a rating as the matrix shows it."""
    return "none" if points is None else str(points)


def competency(there: Prepared, number: int) -> str:
    """Return the part of an address that stands for a competency of the role play."""
    return f"/competencies/{there.sitting(ROLE_PLAY).exercise.competencies[number].id}"


@pytest.mark.parametrize(
    ("first", "second", "tags", "discussed"),
    [
        pytest.param([3, 2, 5], [3, 2, 5], ["3", "2 below", "5"], [], id="equal is taken"),
        pytest.param([3, 1, 4], [4, 2, 5], ["3.5", "1.5 below", "4.5"], [], id="the mean of near ones"),
        pytest.param([2, 3, 3], [3, 3, 3], ["Discuss", "3", "3"], ["2 and 3"], id="different sides"),
        pytest.param([3, 3, 1], [5, 3, 1], ["Discuss", "3", "1 below"], ["3 and 5"], id="two apart"),
        pytest.param([None, 3, None], [3, 3, None], ["Discuss", "3", "not rated"], ["gave 3, and not"], id="unseen"),
    ],
)
def test_the_ratings_stand_side_by_side_with_what_counts(
    store: Store,
    clients: Clients,
    first: list[int | None],
    second: list[int | None],
    tags: list[str],
    discussed: list[str],
) -> None:
    there = there_with(store, first, second)
    page = clients().sign_in_as(there.chair).get(f"/centres/{there.centre.id}/wash-up")
    cells = page.all("tbody td")[:3]
    said = (
        ["none" if one is None else str(one) for one in first],
        ["none" if one is None else str(one) for one in second],
    )
    assert cells == [f"{ann}, {ben} {tag}" for ann, ben, tag in zip(*said, tags, strict=True)]
    listed = page.all("main .app-evidence--discuss")
    assert len(listed) == len(discussed)
    assert all(words in line for words, line in zip(discussed, listed, strict=True))


def test_what_was_agreed_counts_beside_the_originals(store: Store, clients: Clients) -> None:
    there = there_with(store, [2, 3, 3], [4, 3, 3])
    chair = clients().sign_in_as(there.chair)
    page = chair.get(at(there, ROLE_PLAY))
    assert "The assessors gave 2 and 4, on different sides of the standard." in page.main
    chair.follow("Record what was agreed on empathy and warmth")
    page = chair.fill(AGREED, button="Record what was agreed")
    assert "Empathy and warmth is settled" in page.banner
    assert "Counts as 3" in page.main
    assert "Ann Assessor: 2" in page.main
    assert "Ben Assessor: 4" in page.main
    assert AGREED["reason"] in page.main
    assert "To be discussed" not in page.main
    row = store.one(select(Moderation))
    assert (row.matter, row.points, row.no_opportunity, row.by_id) == ("agreed", 3, False, there.chair.id)
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "moderation.agreed"))
    assert (entry.staff_id, entry.reason) == (there.candidacy.staff_id, AGREED["reason"])


def test_an_agreement_needs_a_value_a_reason_and_evidence(store: Store, clients: Clients) -> None:
    there = there_with(store, [2, 3, 3], [4, 3, 3])
    chair = clients().sign_in_as(there.chair)
    chair.get(at(there, ROLE_PLAY, competency(there, 0)))
    page = chair.fill({"reason": "Because."}, button="Record what was agreed")
    assert page.errors == ["Choose what was agreed"]
    assert page.words("textarea[name=reason]") == "Because."
    page = chair.fill({"value": "4", "reason": "", "evidence": " "}, button="Record what was agreed")
    assert page.errors == [
        "There is no reason for what was agreed. Say why.",
        "There is no evidence for what was agreed. Say what it rests on.",
    ]
    assert page.soup.select_one('input[name="value"][value="4"][checked]')
    assert (
        "Not a valid choice"
        in send(chair, at(there, ROLE_PLAY, competency(there, 0)), AGREED | {"value": "6"}).errors[0]
    )
    assert store.count(Moderation) == 0


def test_what_the_ratings_settle_is_not_discussed(store: Store, clients: Clients) -> None:
    there = there_with(store, [3, 4, 3], [3, 3, 3])
    chair = clients().sign_in_as(there.chair)
    for number, because in ((0, "Every assessor gave 3."), (1, "one apart on the same side of the standard")):
        page = send(chair, at(there, ROLE_PLAY, competency(there, number)), AGREED)
        assert "is settled by its ratings" in page.errors[0]
        assert because in page.errors[0]
    send(chair, at(there, ROLE_PLAY, "/competencies/99999"), AGREED, expect=404)
    page = send(chair, at(there, ROLE_PLAY, "/judgement"), {"judgement": "strong", "reason": "x", "evidence": "y"})
    assert page.errors == ["The judgements of the whole exercise are on the same side."]
    page = send(chair, at(there, ROLE_PLAY, "/incident"), {"confirmed": "yes", "reason": "x"})
    assert page.errors == ["No assessor reported a critical incident."]
    assert store.count(Moderation) == 0


def test_a_repeated_agreement_is_stored_once_and_a_later_one_counts(store: Store, clients: Clients) -> None:
    there = there_with(store, [2, 3, 3], [4, 3, 3])
    chair = clients().sign_in_as(there.chair)
    address = at(there, ROLE_PLAY, competency(there, 0))
    send(chair, address, AGREED)
    send(chair, address, AGREED)
    assert store.count(Moderation) == 1
    page = send(chair, address, AGREED | {"value": "none"})
    assert "Agreed: no opportunity." in page.main
    assert store.count(Moderation) == 2


def test_judgements_that_straddle_are_settled(store: Store, clients: Clients) -> None:
    there = there_with(store, [3, 3, 3], [3, 3, 3], judgement=GlobalJudgement.BORDERLINE)
    chair = clients().sign_in_as(there.chair)
    page = chair.get(at(there, ROLE_PLAY))
    assert "The judgements of the whole exercise are on different sides." in page.main
    chair.fill(button="Compute the outcome")
    assert store.one(select(ExerciseOutcome)).result == "incomplete"
    chair.follow("Record the agreed judgement")
    page = chair.fill({"judgement": "competent", "reason": "Both saw it.", "evidence": "The end."}, button="Record")
    assert "Agreed: competent. Both saw it." in page.main
    outcomes = store.all(select(ExerciseOutcome.result).order_by(ExerciseOutcome.id))
    assert list(outcomes) == ["incomplete", "competent"], "an outcome that was computed is computed anew"


def test_an_incident_is_settled_before_there_is_an_outcome(store: Store, clients: Clients) -> None:
    there = there_with(store, [4, 4, 4], [4, 4, 4], incident="Shouted at the actor.")
    chair = clients().sign_in_as(there.chair)
    page = chair.get(at(there, ROLE_PLAY))
    assert "A critical incident was reported in the role play, and it is not settled." in page.main
    send(chair, at(there, ROLE_PLAY, "/outcome"), expect=409)
    assert store.count(ExerciseOutcome) == 0
    chair.get(at(there, ROLE_PLAY, "/incident"))
    assert chair.fill({"confirmed": "yes"}, button="Record").errors == ["There is no reason. Say why."]
    chair.fill({"confirmed": "yes", "reason": "Seen on the recording."}, button="Record")
    page = chair.fill(button="Compute the outcome")
    assert store.one(select(ExerciseOutcome)).result == "borderline"
    assert "A critical incident is confirmed." in page.main
    send(chair, at(there, ROLE_PLAY, "/incident"), {"confirmed": "no", "reason": "It was the script."})
    assert list(store.all(select(ExerciseOutcome.result).order_by(ExerciseOutcome.id))) == ["borderline", "competent"]


def test_a_third_assessor_rates_alone_and_the_median_counts(store: Store, clients: Clients) -> None:
    there = there_with(store, [2, 3, 3], [5, 3, 3])
    with store.session() as session:
        dev = centres.assessor(session, "Dev Third")
    chair = clients().sign_in_as(there.chair)
    chair.get(at(there, ROLE_PLAY))
    chair.follow("Call in a third assessor")
    page = chair.fill({"assessor": dev.staff_id}, button="Call in the third assessor")
    assert page.errors == ["There is no reason for calling in a third assessor. Say what you could not agree on."]
    page = chair.fill({"assessor": dev.staff_id, "why": "2 or 5, no way between."}, button="Call in")
    assert "Dev Third is called in as third assessor and has not sealed yet." in page.main
    assert letters(store, dev.staff_id) == ["You are called in as third assessor: North, spring"]
    page = send(chair, at(there, ROLE_PLAY, competency(there, 0)), AGREED | {"value": "third"})
    assert page.errors == ["Not a valid choice."]

    third = store.one(select(RatingForm).where(RatingForm.third))
    browser = clients().sign_in_as(dev)
    assert "(as third assessor)" in browser.get("/centres/mine").main
    page = browser.get(form(third))
    send(chair, at(there, ROLE_PLAY, "/outcome"))
    browser.fill(filled(page, [4, 1, 1], judgement="clear_no"), button="Seal the form")

    page = chair.get(at(there, ROLE_PLAY))
    assert "Dev Third sealed as third assessor after this outcome was computed." in page.main
    assert "Dev Third (third): 4" in page.main
    assert "Counts as 3" in page.main, "only the deadlock is broken; the other competencies stand"
    chair.follow("Record what was agreed on empathy and warmth")
    page = chair.fill(AGREED | {"value": "third"}, button="Record what was agreed")
    assert "Counts as 4" in page.main
    assert "With the third assessor, 2, 4 and 5; the median is 4." in page.main
    row = store.one(select(Moderation))
    assert (row.matter, row.third_form_id, row.points) == ("third_assessor", third.id, None)


def test_a_third_who_may_see_the_wash_up_sees_it_after_sealing(store: Store, clients: Clients) -> None:
    there = there_with(store, [2, 3, 3], [5, 3, 3])
    with store.session() as session:
        dev = centres.assessor(session, "Dev Third")
        session.add(Grant(account_id=dev.id, role=Role.AUDITOR))
        third = centres.seat(session, session.merge(there.sitting(ROLE_PLAY)), dev, third=True)
    browser = clients().sign_in_as(dev)
    page = browser.get(at(there, ROLE_PLAY))
    assert "once you have sealed your own" in page.main
    assert "Named the feeling" not in page.text
    assert "2, 5" not in browser.get(f"/centres/{there.centre.id}/wash-up").main
    with store.session() as session:
        centres.rate(session, session.merge(third), [4, 4, 4])
    assert "Named the feeling" in browser.get(at(there, ROLE_PLAY)).text


def test_reasons_against_a_third_assessor(store: Store, clients: Clients) -> None:
    there = there_with(store, [3, 3, 3], [3, 3, 3])
    with store.session() as session:
        untrained = people.staff(session, "Una Untrained")
    chair = clients().sign_in_as(there.chair)
    page = send(chair, at(there, ROLE_PLAY, "/third"), {"assessor": untrained.id, "why": "Deadlock."})
    assert page.errors == [
        (
            "No competency of this exercise is still to be discussed."
            " A third assessor is called in only to break a deadlock."
        ),
        (
            "Una Untrained is not current as an assessor on 15 March 2027."
            " Record the assessor training that covers the day, or choose another assessor."
        ),
    ]
    page = send(chair, at(there, ROLE_PLAY, "/third"), {"assessor": there.first.staff_id, "why": "Deadlock."})
    assert "Ann Assessor has a place at this exercise already." in page.errors
    page = send(chair, at(there, ROLE_PLAY, "/third"), {"assessor": 0, "why": "Deadlock."})
    assert "Choose an assessor." in page.errors
    assert send(chair, at(there, ROLE_PLAY, "/third"), {"assessor": 2**64, "why": "Deadlock."}).errors
    assert store.count(RatingForm) == 2


ACTS = ["/competencies/{}", "/judgement", "/incident", "/third", "/outcome", "/void", "/borderline"]


@pytest.mark.parametrize("act", ACTS)
def test_the_chairs_own_acts_are_nobody_elses(store: Store, clients: Clients, act: str) -> None:
    there = there_with(store, [2, 3, 3], [5, 3, 3])
    with store.session() as session:
        other = people.account(session, Role.COORDINATOR, of=people.staff(session, "Olga Other"))
        auditor, south = (
            people.account(session, Role.AUDITOR),
            people.account(session, Role.COORDINATOR, in_area="South"),
        )
    address = at(there, ROLE_PLAY, act.format(there.sitting(ROLE_PLAY).exercise.competencies[0].id))
    sent = AGREED | {
        "judgement": "strong",
        "confirmed": "yes",
        "assessor": 1,
        "why": "x",
        "outcome": "competent",
        "second": 1,
    }
    page = send(clients().sign_in_as(other), address, sent, expect=409)
    assert "Only the chair of this centre, Chris Chair, may do this. Ask Chris Chair." in page.main
    send(clients().sign_in_as(south), address, sent, expect=404)
    send(clients().sign_in_as(auditor), address, sent, expect=403)
    page = clients().sign_in_as(other).get(at(there, ROLE_PLAY))
    assert "The chair, Chris Chair, holds the wash-up" in page.main
    assert not page.soup.select("main form")
    assert store.count(Moderation) + store.count(ExerciseOutcome) == 0


def test_looking_leaves_a_trail(store: Store, clients: Clients) -> None:
    there = there_with(store, [3, 3, 3], [3, 3, 3])
    with store.session() as session:
        auditor = people.account(session, Role.AUDITOR)
    browser = clients().sign_in_as(auditor)
    browser.get(f"/centres/{there.centre.id}/wash-up")
    browser.get(at(there, ROLE_PLAY))
    entries = {entry.event: entry for entry in store.all(select(TrailEntry))}
    assert entries["washup.viewed"].subject_id == there.centre.id
    assert (entries["papers.viewed"].staff_id, entries["papers.viewed"].actor_id) == (
        there.candidacy.staff_id,
        auditor.id,
    )

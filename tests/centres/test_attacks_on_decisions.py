"""Raw SQL gets past nothing of what a decision rests on: reviews, what stands, appeals, released feedback."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from selection.core.clock import now
from selection.models.appeals import Appeal
from selection.models.reviews import BorderlineReview
from selection.rules.outcomes import Outcome
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.factories import centres, people
from tests.store import Store

pytestmark = pytest.mark.usefixtures("clock")
ROLE_PLAY, PRESENTATION, INTERVIEW = ExerciseKind
LAST_AUTUMN, TODAY = date(2026, 9, 3), date(2027, 3, 15)

DECIDE = (
    "INSERT INTO decision (candidacy_id, staff_id, result, decided_on, signed_at, chair_id, reason, standard_hash,"
    " role_play_id, role_play_kind, role_play_result, presentation_id, presentation_kind, presentation_result,"
    " formal_interview_id, formal_interview_kind, formal_interview_result) VALUES ({candidacy}, {staff}, 'selected',"
    " '2027-03-15', '2027-03-15', {chair}, '', '{hash}', {role_play}, 'role_play', 'competent', {presentation},"
    " 'presentation', 'competent', {interview}, 'formal_interview', 'competent')"
)
STAND = (
    "INSERT INTO standing_outcome (candidacy_id, staff_id, kind, outcome_id, outcome_result, earlier_id,"
    " earlier_result, stands_from, stands_to, counted_on) VALUES ({candidacy}, {staff}, '{kind}', {outcome},"
    " 'competent', {earlier}, 'not_yet', '{first}', '{last}', '{on}')"
)
OUTCOME = (
    "INSERT INTO exercise_outcome (sitting_id, staff_id, kind, result, mean, working, resolution, resolved_by_id,"
    " seconded_by_id, by_id, at) VALUES ({sitting}, {staff}, '{kind}', '{result}', 3000, '{{\"lines\": []}}', '',"
    " {first}, {second}, 1, '2027-03-15')"
)
VIEW = (
    "INSERT INTO borderline_view (review_id, reviewer_id, outcome, reason, by_id, at)"
    " VALUES ({review}, {who}, '{outcome}', 'So it is.', 1, '2027-03-15')"
)
REVIEW = (
    "INSERT INTO borderline_review (sitting_id, staff_id, kind, outcome_id, outcome_result, chair_id, second_id, by_id,"
    " at) VALUES ({sitting}, {staff}, 'role_play', {outcome}, '{result}', {chair}, {second}, 1, '2027-03-15')"
)
HEAR = (
    "INSERT INTO appeal_hearing (appeal_id, staff_id, heard_by_id, result, reason, heard_on, at, by_id)"
    " VALUES ({appeal}, {staff}, {who}, '{result}', 'So it was.', '2027-03-15', '2027-03-15', 1)"
)
VOID = (
    "INSERT INTO appeal_void (hearing_id, sitting_id, staff_id, kind, hearing_result, outcome_id, outcome_result)"
    " VALUES ((SELECT max(id) FROM appeal_hearing), {sitting}, {staff}, 'role_play', '{result}',"
    " (SELECT max(id) FROM exercise_outcome), 'void')"
)
APPEAL = (
    "INSERT INTO appeal (decision_id, staff_id, decision_result, grounds, lodged_on, lodged_at, by_id)"
    " VALUES ({decision}, {staff}, '{result}', 'No brief.', '2027-03-15', '2027-03-15', 1)"
)
RELEASE = (
    "INSERT INTO feedback_release (decision_id, staff_id, decision_result, chair_id, note, at, by_id)"
    " VALUES ({decision}, {staff}, '{result}', {chair}, '', '2027-03-15', 1)"
)
GROUND = (
    "INSERT INTO outcome_ground (outcome_id, form_id, content_hash, moderation_id)"
    " VALUES ({outcome}, {form}, '{hash}', NULL)"
)
MODERATE = (
    "INSERT INTO moderation (sitting_id, matter, competency_id, points, no_opportunity, reason, evidence, by_id, at)"
    " VALUES ({sitting}, 'agreed', {competency}, 5, FALSE, 'x', 'x', 1, '2027-03-15')"
)


@dataclass
class There:
    """Ids: Cara was not yet selected in autumn and sits her presentation again; Bo's role play is borderline."""

    ids: dict[str, int] = field(default_factory=dict)

    def __getattr__(self, name: str) -> int:
        return self.ids[name]


@pytest.fixture
def there(store: Store) -> There:
    with store.session() as session:
        found = There()
        _cara(session, found)
        return found


def _cara(session: Session, found: There) -> None:
    ids = found.ids
    first = centres.prepared(session, title="Autumn", held_on=date(2026, 9, 1))
    for kind in ExerciseKind:
        centres.rated(session, first, kind, centres.SOLID[kind], centres.SOLID[kind])
    old = centres.decided(
        session,
        first.candidacy,
        {PRESENTATION: Outcome.NOT_YET},
        by=first.chair,
        decided_on=LAST_AUTUMN,
        result="not_yet",
    )
    again = centres.centre(session, chair=first.chair, standard=first.centre.standard, title="Spring")
    resit = centres.candidacy(session, again, first.candidacy.staff, kinds=[PRESENTATION])
    form = centres.seat(session, resit.sittings[0], centres.assessor(session, "Dev"))
    new = centres.outcome(session, resit.sittings[0], by=first.chair)
    ids |= {"staff": first.candidacy.staff_id, "chair": first.centre.chair_id, "first": first.candidacy.id}
    ids |= {"resit": resit.id, "earlier": old.id, "new": new.id, "unsealed": form.id}
    ids |= {f"old_{kind}": getattr(old, f"{kind}_id") for kind in ExerciseKind}
    ids |= {"sitting": first.sitting(ROLE_PLAY).id, "again_sitting": resit.sittings[0].id, "centre": again.id}
    ids["competency"] = first.sitting(ROLE_PLAY).exercise.competencies[0].id
    ids |= {"assessor": first.first.staff_id or 0, "form": first.forms[ROLE_PLAY][0].id}
    appeal = Appeal(
        decision_id=old.id,
        staff_id=old.staff_id,
        decision_result=old.result,
        grounds="No brief.",
        lodged_on=TODAY,
        lodged_at=now(),
        by_id=first.chair.id,
    )
    session.add(appeal)
    session.flush()
    ids["appeal"] = appeal.id
    ids["outsider"] = people.account(session, Role.COORDINATOR).staff_id or 0
    bo = centres.candidacy(session, again, people.staff(session, "Bo"), kinds=[ROLE_PLAY])
    edge = centres.outcome(session, bo.sittings[0], Outcome.BORDERLINE, by=first.chair)
    second = centres.assessor(session, "Sue Second")
    rated_by = centres.seat(session, bo.sittings[0], centres.assessor(session, "Eli"))
    review = BorderlineReview(
        sitting_id=bo.sittings[0].id,
        staff_id=bo.staff_id,
        kind=ROLE_PLAY,
        outcome_id=edge.id,
        chair_id=again.chair_id,
        second_id=second.staff_id,
        by_id=first.chair.id,
        at=now(),
    )
    session.add(review)
    session.flush()
    ids |= {"bo": bo.staff_id, "bo_sitting": bo.sittings[0].id, "edge": edge.id, "review": review.id}
    ids |= {
        "second": second.staff_id or 0,
        "bo_assessor": rated_by.assessor_id,
        "other_standard": first.centre.standard_id,
    }


def _decide(there: There, **given: object) -> str:
    usual = {
        "candidacy": there.resit,
        "staff": there.staff,
        "chair": there.chair,
        "hash": "0" * 64,
        "role_play": there.old_role_play,
        "presentation": there.new,
        "interview": there.old_formal_interview,
    }
    return DECIDE.format(**(usual | given))


def _stand(there: There, kind: ExerciseKind = ROLE_PLAY, **given: object) -> str:
    usual = {
        "candidacy": there.resit,
        "staff": there.staff,
        "kind": kind,
        "outcome": there.ids[f"old_{kind}"],
        "earlier": there.earlier,
        "first": LAST_AUTUMN,
        "last": "2027-09-02",
        "on": TODAY,
    }
    return STAND.format(**(usual | given))


def _outcome(there: There, result: str, **given: object) -> str:
    usual = {"sitting": there.bo_sitting, "staff": there.bo, "kind": "role_play", "first": "NULL", "second": "NULL"}
    return OUTCOME.format(**(usual | {"result": result} | given))


def _resolved(there: There, result: str = "competent") -> str:
    return _outcome(there, result, first=there.chair, second=there.second)


def _view(there: There, who: int, outcome: str = "competent") -> str:
    return VIEW.format(review=there.review, who=who, outcome=outcome)


def _review(there: There, **given: object) -> str:
    usual = {
        "sitting": there.bo_sitting,
        "staff": there.bo,
        "outcome": there.edge,
        "result": "borderline",
        "chair": there.chair,
        "second": there.outsider,
    }
    return REVIEW.format(**(usual | given))


def _hear(there: There, who: int, result: str = "upheld") -> str:
    return HEAR.format(appeal=there.appeal, staff=there.staff, who=who, result=result)


def _void_outcome(there: There) -> str:
    return _outcome(there, "void", sitting=there.sitting, staff=there.staff)


def _void(there: There, result: str = "upheld", **given: object) -> str:
    return VOID.format(**({"sitting": there.sitting, "staff": there.staff, "result": result} | given))


Attack = tuple[str, tuple[str, ...]]


def _on_what_stands(there: There) -> Iterator[Attack]:
    stand, interview = _stand(there), _stand(there, INTERVIEW)
    yield "select on outcomes that nothing says stand", (_decide(there),)
    yield "select with one of two standing", (stand, _decide(there))
    yield "stand past its last day", (_stand(there, last="2027-03-14"),)
    yield "stand from another day", (_stand(there, first="2026-10-01"),)
    yield "stand on another day than the centre's", (_stand(there, on="2027-01-15"),)
    yield "stand on a decision that is not one's own", (_stand(there, staff=there.bo),)
    yield "stand as competent what was not yet", (_stand(there, PRESENTATION),)
    yield (
        "count an earlier outcome of what is sat again",
        (stand, interview, _decide(there, presentation=there.old_presentation)),
    )
    newer = _outcome(there, "not_yet", sitting=there.again_sitting, staff=there.staff, kind="presentation")
    yield "select on an outcome that a later one replaced", (stand, interview, newer, _decide(there))
    yield "sign in the chair's place", (stand, interview, _decide(there, chair=there.outsider))
    yield "sign under another standard", (stand, interview, _decide(there, hash="1" * 64))


def _on_what_was_decided(there: There) -> Iterator[Attack]:
    yield "add an outcome after the decision", (_outcome(there, "competent", sitting=there.sitting, staff=there.staff),)
    yield "void an exercise after the decision without an appeal", (_void_outcome(there),)
    yield "moderate after the decision", (MODERATE.format(sitting=there.sitting, competency=there.competency),)
    yield "declare void what is decided", (f"UPDATE sitting SET void_reason = 'x' WHERE id = {there.sitting}",)
    yield (
        "move an exercise to another centre",
        (f"UPDATE sitting SET candidacy_id = {there.resit} WHERE id = {there.sitting}",),
    )
    yield (
        "take a void back",
        (
            f"UPDATE sitting SET void_reason = 'x' WHERE id = {there.bo_sitting}",
            f"UPDATE sitting SET void_reason = '' WHERE id = {there.bo_sitting}",
        ),
    )
    yield (
        "put a centre under another standard",
        (f"UPDATE centre SET standard_id = standard_id + 1 WHERE id = {there.centre}",),
    )
    yield "rest on a form that is not sealed", (GROUND.format(outcome=there.new, form=there.unsealed, hash="0" * 64),)
    yield "rest on a form of another exercise", (GROUND.format(outcome=there.new, form=there.form, hash="0" * 64),)


def _on_reviews(there: There) -> Iterator[Attack]:
    chair, second = _view(there, there.chair), _view(there, there.second)
    yield "resolve without a view", (_resolved(there),)
    yield "resolve on one view", (chair, _resolved(there))
    yield "resolve while they differ", (_view(there, there.chair, "not_yet"), second, _resolved(there))
    yield "resolve otherwise than they say", (chair, second, _resolved(there, "not_yet"))
    yield "resolve as they said before", (chair, second, _view(there, there.second, "not_yet"), _resolved(there))
    yield "resolve alone", (chair, second, _outcome(there, "competent", first=there.chair))
    yield "view as somebody else", (_view(there, there.outsider),)
    yield "view as void", (_view(there, there.chair, "void"),)
    yield "review with who assessed it", (_review(there, second=there.bo_assessor),)
    yield "review as somebody who does not chair", (_review(there, chair=there.outsider, second=there.second),)
    yield "review oneself", (_review(there, second=there.bo),)
    yield "review alone", (_review(there, second=there.chair),)
    yield "review what is not borderline", (_review(there, outcome=there.new, result="competent"),)
    yield "review what is borderline no more", (_outcome(there, "borderline"), _review(there))


def _on_appeals(there: There) -> Iterator[Attack]:
    against = {"decision": there.earlier, "staff": there.staff, "result": "not_yet"}
    yield "appeal twice", (APPEAL.format(**against),)
    yield "appeal for somebody else", (APPEAL.format(**(against | {"staff": there.bo})),)
    yield "appeal under another result", (APPEAL.format(**(against | {"result": "void"})),)
    for who in ("chair", "assessor", "staff"):
        yield f"hear it as {who}", (_hear(there, there.ids[who]),)
    yield "hear it twice", (_hear(there, there.outsider, "dismissed"), _hear(there, there.outsider))
    yield "void on an appeal that was dismissed", (_hear(there, there.outsider, "dismissed"), _void_outcome(there))
    upheld = _hear(there, there.outsider)
    yield "void by a forged hearing", (_hear(there, there.outsider, "dismissed"), _void(there, "dismissed"))
    yield (
        "void another's exercise",
        (upheld, _outcome(there, "void"), _void(there, sitting=there.bo_sitting, staff=there.bo)),
    )
    yield (
        "reopen what is decided by an appeal",
        (upheld, _outcome(there, "competent", sitting=there.sitting, staff=there.staff)),
    )
    release = {**against, "chair": there.chair}
    yield "release feedback as somebody else", (RELEASE.format(**(release | {"chair": there.outsider})),)
    yield "release it twice", (RELEASE.format(**release), RELEASE.format(**release))


def _rightful(there: There) -> Iterator[Attack]:
    yield "select with what stands", (_stand(there), _stand(there, INTERVIEW), _decide(there))
    views = (_view(there, there.chair), _view(there, there.second, "not_yet"), _view(there, there.second))
    yield "resolve once both say the same", (*views, _resolved(there))
    yield "void on an appeal that was upheld", (_hear(there, there.outsider), _void_outcome(there), _void(there))
    release = {"decision": there.earlier, "staff": there.staff, "result": "not_yet", "chair": there.chair}
    yield "release feedback", (RELEASE.format(**release),)
    yield "rest on a sealed form", (GROUND.format(outcome=there.old_role_play, form=there.form, hash="0" * 64),)


def _refused(store: Store, statements: tuple[str, ...]) -> bool:
    """Run the statements as one transaction that is undone; True if the database refused one, and it was the last."""
    with store.engine.connect() as connection:
        for number, statement in enumerate(statements, start=1):
            try:
                connection.exec_driver_sql(statement)
            except IntegrityError:
                too_early = number < len(statements)
                break
        else:
            return False
    assert not too_early, f"refused too early: {statement}"
    return True


def test_every_attack_is_refused(store: Store, there: There) -> None:
    parts = (_on_what_stands, _on_what_was_decided, _on_reviews, _on_appeals)
    attacks = [attack for part in parts for attack in part(there)]
    assert len(attacks) >= 45
    assert [name for name, statements in attacks if not _refused(store, statements)] == []


def test_what_is_rightful_is_accepted(store: Store, there: There) -> None:
    assert [name for name, statements in _rightful(there) if _refused(store, statements)] == []


def test_what_was_added_stays(store: Store, there: There) -> None:
    of_decisions = ("borderline_review", "borderline_view", "standing_outcome", "outcome_ground")
    after_them = ("appeal", "appeal_hearing", "appeal_void", "feedback_release")
    with store.connection() as connection:
        for _, statements in _rightful(there):
            for statement in statements:
                connection.exec_driver_sql(statement)
    for table in (*of_decisions, *after_them):
        column = {"borderline_view": "outcome", "standing_outcome": "kind", "outcome_ground": "outcome_id"}.get(
            table, "staff_id"
        )
        for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            assert _refused(store, (statement,)), statement

"""Attacks on what a centre decides: outcomes, reviews, what stands, decisions, appeals; and their world.

Centre 1, in autumn under version 1 with Lea in the chair: Una (candidacy 1) sat all three exercises (sittings 1 to 3,
outcomes 1 to 3) before Tom and Bob and was not yet competent in the presentation (decision 1); she appeals (1). Centre
2, in spring: Una (candidacy 2) sits her presentation again (4, outcome 4); Ann's role play (candidacy 3, sitting 5) is
borderline (outcome 5), which Lea reviews with Sue (1). Centre 3 is empty. Eva has no part in any of it.
"""

from selection.authorisation.invariant.attempt import Attempt, one
from selection.authorisation.invariant.prescribed import HASH
from selection.authorisation.invariant.rated import RATED

DECIDE = (
    "INSERT INTO decision (candidacy_id, staff_id, result, decided_on, signed_at, chair_id, reason, standard_hash,"
    " role_play_id, role_play_kind, role_play_result, presentation_id, presentation_kind, presentation_result,"
    " formal_interview_id, formal_interview_kind, formal_interview_result) VALUES ({candidacy}, 3, '{result}',"
    " '{day}', '2027-03-15', {chair}, '', '{hash}', {role_play}, 'role_play', {role_play_is}, {presentation},"
    " 'presentation', {presentation_is}, {interview}, 'formal_interview', 'competent')"
)
OUTCOME = (
    "INSERT INTO exercise_outcome (sitting_id, staff_id, kind, result, mean, working, resolution, resolved_by_id,"
    " seconded_by_id, by_id, at) VALUES ({sitting}, {staff}, '{kind}', '{result}', 3000, '{{\"lines\": []}}', '',"
    " {first}, {second}, 1, '2027-03-15')"
)
STAND = (
    "INSERT INTO standing_outcome (candidacy_id, staff_id, kind, outcome_id, outcome_result, earlier_id,"
    " earlier_result, stands_from, stands_to, counted_on) VALUES (2, {staff}, '{kind}', {outcome},"
    " 'competent', 1, 'not_yet', '{first}', '{last}', '{on}')"
)
VIEW = (
    "INSERT INTO borderline_view (review_id, reviewer_id, outcome, reason, by_id, at)"
    " VALUES (1, {who}, '{outcome}', 'So it is.', 1, '2027-03-15')"
)
REVIEW = (
    "INSERT INTO borderline_review (sitting_id, staff_id, kind, outcome_id, outcome_result, chair_id, second_id, by_id,"
    " at) VALUES (5, 1, 'role_play', {outcome}, '{result}', {chair}, {second}, 1, '2027-03-15')"
)
APPEAL = (
    "INSERT INTO appeal (decision_id, staff_id, decision_result, grounds, lodged_on, lodged_at, by_id)"
    " VALUES (1, {staff}, '{result}', 'No brief.', '2027-03-15', '2027-03-15', 1)"
)
HEAR = (
    "INSERT INTO appeal_hearing (appeal_id, staff_id, heard_by_id, result, reason, heard_on, at, by_id)"
    " VALUES (1, 3, {who}, '{result}', 'So it was.', '2027-03-15', '2027-03-15', 1)"
)
VOID = (
    "INSERT INTO appeal_void (hearing_id, sitting_id, staff_id, kind, hearing_result, outcome_id, outcome_result)"
    " VALUES ((SELECT max(id) FROM appeal_hearing), {sitting}, {staff}, 'role_play', '{result}',"
    " (SELECT max(id) FROM exercise_outcome), 'void')"
)
RELEASE = (
    "INSERT INTO feedback_release (decision_id, staff_id, decision_result, chair_id, note, at, by_id)"
    " VALUES (1, 3, 'not_yet', {chair}, '', '2027-03-15', 1)"
)
GROUND = "INSERT INTO outcome_ground (outcome_id, form_id, content_hash) VALUES ({outcome}, {form}, '" + "0" * 64 + "')"
MODERATE = (
    "INSERT INTO moderation (sitting_id, matter, competency_id, points, no_opportunity, reason, evidence, by_id, at)"
    " VALUES ({sitting}, 'agreed', 1, 5, FALSE, 'x', 'x', 1, '2026-09-02')"
)
NEWEST = "(SELECT max(id) FROM exercise_outcome)"


def _decide(**given: object) -> str:
    usual = {"candidacy": 2, "result": "selected", "day": "2027-03-15", "chair": 4, "hash": HASH, "role_play": 1}
    usual |= {"role_play_is": "'competent'", "presentation": 4, "presentation_is": "'competent'", "interview": 3}
    return DECIDE.format(**(usual | given))


def _outcome(result: str, **given: object) -> str:
    usual = {"sitting": 5, "staff": 1, "kind": "role_play", "first": "NULL", "second": "NULL", "result": result}
    return OUTCOME.format(**(usual | given))


def _again(result: str) -> str:
    """Another outcome of the presentation that Una sits again."""
    return _outcome(result, sitting=4, staff=3, kind="presentation")


def _of_una(result: str) -> str:
    """Another outcome of the role play that was decided in autumn."""
    return _outcome(result, sitting=1, staff=3)


def _resolved(result: str = "competent") -> str:
    return _outcome(result, first=4, second=8)


def _stand(kind: str = "role_play", outcome: int = 1, **given: object) -> str:
    usual = {"staff": 3, "kind": kind, "outcome": outcome, "first": "2026-09-03", "last": "2027-09-02"}
    return STAND.format(**(usual | {"on": "2027-03-15"} | given))


def _view(who: int, outcome: str = "competent") -> str:
    return VIEW.format(who=who, outcome=outcome)


def _review(**given: object) -> str:
    return REVIEW.format(**({"outcome": 5, "result": "borderline", "chair": 4, "second": 7} | given))


def _hear(who: int = 7, result: str = "upheld") -> str:
    return HEAR.format(who=who, result=result)


def _void(**given: object) -> str:
    return VOID.format(**({"sitting": 1, "staff": 3, "result": "upheld"} | given))


STANDING = (_stand(), _stand("formal_interview", 3))
"""What stands for Una in spring."""
AGREED = (_view(4), _view(8))
"""Both reviewers say that Ann's role play is competent."""

FURNISH = (
    *RATED,
    _of_una("competent"),
    _outcome("not_yet", sitting=2, staff=3, kind="presentation"),
    _outcome("competent", sitting=3, staff=3, kind="formal_interview"),
    MODERATE.format(sitting=1),
    _decide(candidacy=1, result="not_yet", day="2026-09-03", presentation=2, presentation_is="'not_yet'"),
    _again("competent"),
    _outcome("borderline"),
    _review(second=8),
    APPEAL.format(staff=3, result="not_yet"),
)

ON_DECISIONS = (
    one("select on outcomes that nothing says stand", _decide()),
    one("select with one of two standing", _stand(), _decide()),
    *(
        one(
            f"select with an exercise {result}",
            *STANDING,
            _again(result),
            _decide(presentation=NEWEST, presentation_is=f"'{result}'"),
        )
        for result in ("not_yet", "borderline", "incomplete", "void")
    ),
    one("select with an outcome passed off as competent", *STANDING, _again("not_yet"), _decide(presentation=NEWEST)),
    one("select without an outcome", *STANDING, _decide(presentation="NULL", presentation_is="NULL")),
    one("select with an outcome that has no result", *STANDING, _decide(presentation_is="NULL")),
    one("select with one exercise for another", *STANDING, _decide(role_play=4)),
    one("select on another's outcome", *STANDING, _outcome("competent"), _decide(role_play=NEWEST)),
    one("select on an outcome that a later one replaced", *STANDING, _again("not_yet"), _decide()),
    one(
        "count an earlier outcome of what is sat again",
        *STANDING,
        _decide(presentation=2, presentation_is="'not_yet'", result="not_yet"),
    ),
    one("sign in the chair's place", *STANDING, _decide(chair=7)),
    one("sign under another standard", *STANDING, _decide(hash="3" * 64)),
    one("decide twice", *STANDING, _decide(), _decide()),
    one("stand past its last day", _stand(last="2027-03-14")),
    one("stand from another day", _stand(first="2026-10-01")),
    one("stand on another day than the centre's", _stand(on="2027-01-15")),
    one("stand on a decision that is not one's own", _stand(staff=1)),
    one("stand as competent what was not yet", _stand("presentation", 2)),
)
ON_WHAT_WAS_DECIDED = (
    one("add an outcome after the decision", _of_una("competent")),
    one("void an exercise after the decision without an appeal", _of_una("void")),
    one("moderate after the decision", MODERATE.format(sitting=1)),
    one("declare void what is decided", "UPDATE sitting SET void_reason = 'x' WHERE id = 1"),
    one("move an exercise to another centre", "UPDATE sitting SET candidacy_id = 2 WHERE id = 1"),
    one(
        "take a void back",
        "UPDATE sitting SET void_reason = 'x' WHERE id = 5",
        "UPDATE sitting SET void_reason = '' WHERE id = 5",
    ),
    one("put a centre with candidates under another standard", "UPDATE centre SET standard_id = 3 WHERE id = 2"),
    one("rest on a form that is not sealed", GROUND.format(outcome=4, form=7)),
    one("rest on a form of another exercise", GROUND.format(outcome=4, form=1)),
)
ON_REVIEWS = (
    one("resolve without a view", _resolved()),
    one("resolve on one view", _view(4), _resolved()),
    one("resolve while they differ", _view(4, "not_yet"), _view(8), _resolved()),
    one("resolve otherwise than they say", *AGREED, _resolved("not_yet")),
    one("resolve as they said before", *AGREED, _view(8, "not_yet"), _resolved()),
    one("resolve alone", *AGREED, _outcome("competent", first=4)),
    one("view as somebody else", _view(7)),
    one("view as void", _view(4, "void")),
    one("review with who assessed it", _review(second=5)),
    one("review as somebody who does not chair", _review(chair=7, second=8)),
    one("review oneself", _review(second=1)),
    one("review alone", _review(second=4)),
    one("review what is not borderline", _review(outcome=4, result="competent")),
    one("review what is borderline no more", _outcome("borderline"), _review()),
)
ON_APPEALS = (
    one("appeal against a decision twice", APPEAL.format(staff=3, result="not_yet")),
    one("appeal for somebody else", APPEAL.format(staff=1, result="not_yet")),
    one("appeal under another result", APPEAL.format(staff=3, result="void")),
    *(one(f"hear it as the {who}", _hear(number)) for who, number in (("chair", 4), ("assessor", 2), ("candidate", 3))),
    one("hear it twice", _hear(result="dismissed"), _hear()),
    one("void on an appeal that was dismissed", _hear(result="dismissed"), _of_una("void")),
    one("void by a forged hearing", _hear(result="dismissed"), _void(result="dismissed")),
    one("void another's exercise", _hear(), _outcome("void"), _void(sitting=5, staff=1)),
    one("reopen what is decided by an appeal", _hear(), _of_una("competent")),
    one("release feedback as somebody else", RELEASE.format(chair=7)),
    one("release feedback twice", RELEASE.format(chair=4), RELEASE.format(chair=4)),
)

_UPHELD = (_hear(), _of_una("void"), _void())
ADDED_TO: dict[str, tuple[str, ...]] = {
    "exercise_outcome": (),
    "moderation": (),
    "decision": (),
    "borderline_review": (),
    "borderline_view": AGREED,
    "standing_outcome": STANDING,
    "outcome_ground": (GROUND.format(outcome=1, form=1),),
    "appeal": (),
    "appeal_hearing": _UPHELD,
    "appeal_void": _UPHELD,
    "feedback_release": (RELEASE.format(chair=4),),
}
"""What is only ever added to, and what puts a row there first."""
COLUMN = {"outcome_ground": "outcome_id", "borderline_view": "outcome", "moderation": "reason"}

MUST_BE_REFUSED: tuple[Attempt, ...] = (
    *(*ON_DECISIONS, *ON_WHAT_WAS_DECIDED, *ON_REVIEWS, *ON_APPEALS),
    *(
        one(f"{verb} {table}", *before, statement.format(table=table, column=COLUMN.get(table, "staff_id")))
        for table, before in ADDED_TO.items()
        for verb, statement in (
            ("rewrite", "UPDATE {table} SET {column} = {column}"),
            ("delete from", "DELETE FROM {table}"),
        )
    ),
)
MUST_BE_ACCEPTED: tuple[Attempt, ...] = (
    one("select with what stands", *STANDING, _decide()),
    one("resolve once both say the same", _view(4), _view(8, "not_yet"), _view(8), _resolved()),
    one("void on an appeal that was upheld", *_UPHELD),
    one("release feedback", RELEASE.format(chair=4)),
    one("rest on a sealed form", GROUND.format(outcome=1, form=1)),
)

"""Attacks on the seal of an assessor's form, and the centres whose forms are attacked; the whole world is in `decided`.

Forms 1 to 6 are Tom's and Bob's on Una's three exercises, sealed and revealed; 7 is Meg's on what Una sits again, open;
8 is Tom's on Ann's role play, sealed, and 9 Bob's, open: it is not revealed.
"""

from selection.authorisation.invariant.attempt import Attempt, one, switched_off

HOLD = (
    "INSERT INTO centre (title, area_id, standard_id, chair_id, venue, held_on, version)"
    " VALUES ('C', 1, {standard}, 4, '', '{day}', 1)"
)
PUT_FORWARD = "INSERT INTO candidacy (centre_id, staff_id, put_forward_on) VALUES ({centre}, {staff}, '2026-08-01')"
SIT = (
    "INSERT INTO sitting (candidacy_id, staff_id, exercise_id, kind, void_reason)"
    " VALUES ({candidacy}, {staff}, {exercise}, '{kind}', '')"
)
FORM = (
    "INSERT INTO rating_form (sitting_id, staff_id, assessor_id, third, critical_incident, incident_note, version)"
    " VALUES ({sitting}, {staff}, {assessor}, {third}, FALSE, '', 1)"
)
RATE = (
    "INSERT INTO rating (form_id, competency_id, points, no_opportunity, why_no_opportunity, evidence)"
    " VALUES ({form}, {competency}, 4, FALSE, '', 'x')"
)
MARK = "INSERT INTO indicator_mark (form_id, indicator_id, seen) VALUES ({form}, 1, 'seen')"
SEAL = "UPDATE rating_form SET global_judgement = 'competent', sealed_at = '2026-09-01' WHERE id IN ({forms})"
REOPEN = "UPDATE rating_form SET sealed_at = NULL WHERE id = {form}"


def _form(sitting: int, assessor: int, *, staff: int = 3, third: bool = False) -> str:
    return FORM.format(sitting=sitting, staff=staff, assessor=assessor, third="TRUE" if third else "FALSE")


_KINDS = ((1, "role_play"), (2, "presentation"), (3, "formal_interview"))

RATED = (
    HOLD.format(standard=1, day="2026-09-01"),
    HOLD.format(standard=1, day="2027-03-15"),
    HOLD.format(standard=3, day="2027-03-15"),
    *(PUT_FORWARD.format(centre=centre, staff=staff) for centre, staff in ((1, 3), (2, 3), (2, 1))),
    *(SIT.format(candidacy=1, staff=3, exercise=exercise, kind=kind) for exercise, kind in _KINDS),
    SIT.format(candidacy=2, staff=3, exercise=2, kind="presentation"),
    SIT.format(candidacy=3, staff=1, exercise=1, kind="role_play"),
    *(_form(sitting, assessor) for sitting in (1, 2, 3) for assessor in (2, 5)),
    _form(4, 6),
    _form(5, 2, staff=1),
    _form(5, 5, staff=1),
    *(RATE.format(form=form, competency=(form + 1) // 2) for form in range(1, 7)),
    RATE.format(form=8, competency=1),
    SEAL.format(forms="1, 2, 3, 4, 5, 6, 8"),
)
"""The centres, who sits what, and the forms."""

MUST_BE_REFUSED: tuple[Attempt, ...] = (
    one("change a sealed rating", "UPDATE rating SET points = 5 WHERE form_id = 1"),
    one("change a sealed rating before the reveal", "UPDATE rating SET points = 5 WHERE form_id = 8"),
    one("take the evidence away", "UPDATE rating SET evidence = '' WHERE form_id = 1"),
    one("delete sealed ratings", "DELETE FROM rating WHERE form_id = 1"),
    one("add a rating to a sealed form", RATE.format(form=1, competency=2)),
    one("add a mark to a sealed form", MARK.format(form=1)),
    one("move a sealed rating", "UPDATE rating SET form_id = 7 WHERE form_id = 1"),
    one("change a sealed judgement", "UPDATE rating_form SET global_judgement = 'strong' WHERE id = 1"),
    one("give a sealed form to somebody else", "UPDATE rating_form SET assessor_id = 7 WHERE id = 1"),
    one("give an open form to somebody else", "UPDATE rating_form SET assessor_id = 7 WHERE id = 7"),
    one("take a form off the panel", "UPDATE rating_form SET third = TRUE WHERE id = 1"),
    one("take an open form off the panel", "UPDATE rating_form SET third = TRUE WHERE id = 7"),
    one("move an open form to another exercise", "UPDATE rating_form SET sitting_id = 3 WHERE id = 7"),
    one("seal a form again", "UPDATE rating_form SET sealed_at = '2026-09-02' WHERE id = 1"),
    one("reopen a form after the reveal", REOPEN.format(form=1)),
    one("delete a sealed form", "DELETE FROM rating_form WHERE id = 1"),
    one("add an empty form to undo the reveal", _form(1, 7)),
    one("seal without a judgement", "UPDATE rating_form SET sealed_at = '2026-09-01' WHERE id = 7"),
    one("rate oneself", _form(4, 3, third=True)),
    one("rate as another's candidate", _form(4, 7, staff=1)),
    one("rate twice", _form(4, 6)),
    one("have points and no opportunity at once", RATE.format(form=7, competency=2).replace("FALSE", "TRUE")),
    *switched_off("rate", RATE.format(form=7, competency=2)),
    *switched_off("mark an indicator", MARK.format(form=7)),
    *switched_off("write on a form", "UPDATE rating_form SET incident_note = 'x' WHERE id = 7"),
    *switched_off("declare an exercise void", "UPDATE sitting SET void_reason = 'x' WHERE id = 4"),
    *switched_off("put somebody forward", PUT_FORWARD.format(centre=1, staff=1)),
    *switched_off("move a centre", "UPDATE centre SET venue = 'x' WHERE id = 2"),
)
MUST_BE_ACCEPTED: tuple[Attempt, ...] = (
    one("rate on an open form, and seal it", RATE.format(form=7, competency=2), SEAL.format(forms="7")),
    one(
        "reopen a form before the reveal, and change it",
        REOPEN.format(form=8),
        "UPDATE rating SET points = 2 WHERE form_id = 8",
    ),
    one(
        "write where the guards let it",
        MARK.format(form=7),
        "UPDATE rating_form SET incident_note = 'x' WHERE id = 7",
        "UPDATE sitting SET void_reason = 'x' WHERE id = 4",
        PUT_FORWARD.format(centre=1, staff=1),
        "UPDATE centre SET venue = 'x' WHERE id = 2",
    ),
    one("let a third assessor join after the reveal", _form(1, 7, third=True)),
)

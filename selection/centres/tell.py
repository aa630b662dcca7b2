"""Letters about centres: to candidates and assessors, where and when; to whoever has something to do that waits.

None says anything of how somebody was rated, and of ours none to an assessor names the candidate; why a form is opened
again stands in the chair's words.
"""

from collections.abc import Iterable
from datetime import date

from selection.centres.roster import Candidate, Roster, Seat
from selection.core import clock
from selection.models.appeals import Appeal
from selection.models.centres import Centre
from selection.models.people import Account, Staff
from selection.models.reviews import BorderlineReview
from selection.notices.queue import News, body_of, queue_all
from selection.rules.standards import ExerciseKind
from selection.rules.words import day_in_words


def of_review(review: BorderlineReview, second: Staff, centre: Centre) -> None:
    """Tell the second person that the chair asks for their view; of the candidate the letter says nothing."""
    kind = ExerciseKind(review.kind).words
    subject = f"Your view is asked: a borderline at {centre.title}"
    body = body_of("review_asked", name=second.name, chair=centre.chair.name, centre=centre, kind=kind)
    _send(f"review:{review.id}:asked", second.email, second.id, subject, body)


def of_candidate(candidate: Staff, centre: Centre, candidacy_id: int, kinds: Iterable[ExerciseKind]) -> None:
    """Tell somebody that they are put forward: where and when, and what they sit."""
    sits = ", ".join(kind.words for kind in kinds)
    body = body_of("centre_candidate", name=candidate.name, centre=centre, sits=sits)
    subject = f"You are put forward: {_where(centre)}"
    _send(_once(f"candidacy:{candidacy_id}"), candidate.email, candidate.id, subject, body)


def of_withdrawal(candidate: Candidate, centre: Centre) -> None:
    """Tell a candidate that they are taken back."""
    body = body_of("centre_taken_back", name=candidate.name, centre=centre)
    subject = f"You are taken back: {_where(centre)}"
    _send(_once(f"candidacy:{candidate.candidacy_id}:back"), candidate.email, candidate.staff_id, subject, body)


def of_decision(candidate: Candidate, centre: Centre) -> None:
    """Tell a candidate that the decision on them is signed, from which day the time to appeal is counted."""
    body = body_of("decision_signed", name=candidate.name, centre=centre)
    subject = f"It is decided: {_where(centre)}"
    _send(f"candidacy:{candidate.candidacy_id}:decided", candidate.email, candidate.staff_id, subject, body)


def of_seats(assessors: Iterable[tuple[Staff, int]], centre: Centre) -> None:
    """Tell assessors that they assess at the centre; with each stands the first of the forms that are new to them."""
    subject = f"You assess: {_where(centre)}"
    queue_all(
        News(
            key=_once(f"form:{form_id}:seated"),
            to=each.email,
            staff_id=each.id,
            subject=subject,
            body=body_of("centre_seat", name=each.name, centre=centre),
        )
        for each, form_id in assessors
    )


def of_lost_seat(seat: Seat, centre: Centre, kind: ExerciseKind) -> None:
    """Tell an assessor that they no longer assess an exercise."""
    body = body_of("centre_seat_lost", name=seat.assessor, centre=centre, kind=kind.words)
    subject = f"You no longer assess: {_where(centre)}"
    _send(_once(f"form:{seat.form_id}:lost"), seat.email, seat.assessor_id, subject, body)


def of_third(third: Staff, form_id: int, centre: Centre, kind: ExerciseKind) -> None:
    """Tell the third assessor that they are called in to rate an exercise."""
    body = body_of("third_called", name=third.name, centre=centre, kind=kind.words)
    subject = f"You are called in as third assessor: {centre.title}"
    _send(_once(f"form:{form_id}:third"), third.email, third.id, subject, body)


def of_reopened(seat: Seat, centre: Centre, kind: ExerciseKind, why: str) -> None:
    """Tell an assessor that the chair has opened their sealed form again, and why."""
    body = body_of("form_reopened", name=seat.assessor, centre=centre, kind=kind.words, why=why)
    subject = f"Your form is open again: {centre.title}"
    sealed = seat.sealed_at.isoformat() if seat.sealed_at else ""
    _send(f"form:{seat.form_id}:reopened:{sealed}", seat.email, seat.assessor_id, subject, body)


def of_change(roster: Roster, *, was: tuple[date, str]) -> None:
    """Tell candidates and assessors who are still to come where and when it is now, if that is what changed."""
    centre = roster.centre
    if was == (centre.held_on, centre.venue) or centre.held_on < clock.today():
        return
    open_ = [each for each in roster.candidates if each.decision is None]
    people = {each.staff_id: (each.name, each.email) for each in open_}
    seats = (seat for each in open_ for sitting in each.sittings for seat in sitting.seats)
    people |= {seat.assessor_id: (seat.assessor, seat.email) for seat in seats if seat.sealed_at is None}
    queue_all(
        News(
            key=f"centre:{centre.id}:moved:{centre.version}:{staff_id}",
            to=to,
            staff_id=staff_id,
            subject=f"Changed: {_where(centre)}",
            body=body_of("centre_changed", name=name, centre=centre, was=was),
        )
        for staff_id, (name, to) in people.items()
    )


def of_appeal(appeal: Appeal, hearers: Iterable[Staff], centre: Centre) -> None:
    """Tell everybody who may hear the appeal that it is lodged; of the candidate the letter says nothing."""
    queue_all(
        News(
            key=f"appeal:{appeal.id}:lodged:{each.id}",
            to=each.email,
            staff_id=each.id,
            subject=f"An appeal waits to be heard: {centre.title}",
            body=body_of("appeal_lodged", name=each.name, centre=centre, lodged_on=appeal.lodged_on),
        )
        for each in hearers
    )


def of_unheard(appeal: Appeal, administrators: Iterable[Account], centre: Centre) -> None:
    """Tell those who give roles that nobody who has one may hear the appeal."""
    queue_all(
        News(
            key=f"appeal:{appeal.id}:unheard:{each.id}",
            to=each.email,
            staff_id=each.staff_id,
            subject=f"Nobody can hear an appeal: {centre.title}",
            body=body_of("appeal_unheard", name=each.name, centre=centre, lodged_on=appeal.lodged_on),
        )
        for each in administrators
    )


def _once(news: str) -> str:
    """Return a key for news of a row that may be taken away again, whose id another one gets on SQLite."""
    return f"{news}:{clock.now().isoformat()}"


def _where(centre: Centre) -> str:
    return f"{centre.title}, {day_in_words(centre.held_on)}"


def _send(key: str, to: str, staff_id: int, subject: str, body: str) -> None:
    queue_all([News(key=key, to=to, staff_id=staff_id, subject=subject, body=body)])

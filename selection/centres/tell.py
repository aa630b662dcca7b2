"""Letters about what only the named person can do next: a view on a borderline, the hearing of an appeal."""

from collections.abc import Iterable

from selection.models.appeals import Appeal
from selection.models.centres import Centre
from selection.models.people import Staff
from selection.models.reviews import BorderlineReview
from selection.notices.queue import News, body_of, queue_all
from selection.rules.standards import ExerciseKind


def of_review(review: BorderlineReview, second: Staff, centre: Centre) -> None:
    """Tell the second person that the chair asks for their view; of the candidate the letter says nothing."""
    kind = ExerciseKind(review.kind).words
    subject = f"Your view is asked: a borderline at {centre.title}"
    body = body_of("review_asked", name=second.name, chair=centre.chair.name, centre=centre, kind=kind)
    queue_all([News(key=f"review:{review.id}:asked", to=second.email, staff_id=second.id, subject=subject, body=body)])


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

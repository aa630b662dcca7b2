"""Letters about events: to whoever gets a place, waits for one, loses one, or must know of a change."""

from collections.abc import Iterable, Sequence

from selection.authorisation.certify import Issued
from selection.models.people import Staff
from selection.models.training import Booking, Event, Reassessment, Waiting
from selection.notices.queue import News, body_of, queue_all
from selection.rules.results import PARTS, Recorded
from selection.rules.training import PartResult
from selection.rules.words import day_in_words


def when(event: Event) -> str:
    """Return the event's days in words."""
    first, last = day_in_words(event.starts_on), day_in_words(event.ends_on)
    return first if first == last else f"{first} to {last}"


def of_places(event: Event, places: Sequence[tuple[Staff, Booking]], *, waited: bool) -> None:
    """Tell people that they have a place, where and when."""
    subject = f"You have a place: {event.title}, {when(event)}"
    queue_all(
        _news(f"booking:{booking.id}:{int(booking.booked_at.timestamp())}", event, staff, subject, "place", waited)
        for staff, booking in places
    )


def of_waits(event: Event, line: Iterable[tuple[Staff, Waiting]]) -> None:
    """Tell people that they stand on the waiting list."""
    subject = f"You are on the waiting list: {event.title}, {when(event)}"
    queue_all(_news(f"waiting:{waiting.id}", event, staff, subject, "wait") for staff, waiting in line)


def of_cancelled_event(event: Event, people: Iterable[Staff]) -> None:
    """Tell everybody who was booked, waited or trained that the event does not take place, and why."""
    subject = f"Cancelled: {event.title}, {when(event)}"
    queue_all(_news(f"event:{event.id}:cancelled", event, staff, subject, "cancelled") for staff in people)


def of_changed_event(event: Event, people: Iterable[Staff]) -> None:
    """Tell everybody who is booked, waits or trains when and where the event takes place now."""
    subject, news = f"Changed: {event.title}, now {when(event)}", f"event:{event.id}:changed:{event.version}"
    queue_all(_news(news, event, staff, subject, "changed") for staff in people)


def of_trainers(event: Event, *, named: Iterable[Staff], gone: Iterable[Staff] = ()) -> None:
    """Tell people that they train the event, or that they no longer do."""
    news = f"event:{event.id}:trainers:{event.version}"
    subject = f"{event.title}, {when(event)}"
    queue_all(
        [
            *(_news(news, event, staff, f"You train: {subject}", "trains") for staff in named),
            *(_news(news, event, staff, f"You no longer train: {subject}", "trains_no_longer") for staff in gone),
        ]
    )


def of_certificates(event: Event, issued: Iterable[tuple[Staff, Issued]]) -> None:
    """Tell people that they are certified, and for how long."""
    subject = f"You are certified: {event.title}"
    queue_all(
        News(
            key=f"certificate:{certificate.id}:issued",
            to=staff.email,
            staff_id=staff.id,
            subject=subject,
            body=body_of("training_certified", name=staff.name, event=event, certificate=certificate),
        )
        for staff, certificate in issued
    )


def of_reassessment(event: Event, staff: Staff, row: Reassessment, recorded: Recorded | None) -> None:
    """Tell somebody when and where what is open of their result is assessed again."""
    parts = [part for part in PARTS if recorded is None or recorded.parts.of(part) != PartResult.PASSED]
    given = {"on": day_in_words(row.on_day), "venue": row.venue, "parts": parts}
    body = body_of("training_reassessment", name=staff.name, event=event, **given)
    subject = f"Assessed again on {day_in_words(row.on_day)}: {event.title}"
    key = f"reassessment:{row.booking_id}:{row.version}:{staff.id}"
    queue_all([News(key=key, to=staff.email, staff_id=staff.id, subject=subject, body=body)])


def of_lost_place(event: Event, booking: Booking, staff: Staff) -> None:
    """Tell somebody whose place was given up by another that they have none any more."""
    subject, news = f"Your place is cancelled: {event.title}, {when(event)}", f"booking:{booking.id}:cancelled"
    queue_all([_news(f"{news}:{booking.version}", event, staff, subject, "lost")])


def _news(news: str, event: Event, staff: Staff, subject: str, template: str, waited: bool = False) -> News:
    body = body_of(f"training_{template}", name=staff.name, event=event, when=when(event), waited=waited)
    return News(key=f"{news}:{staff.id}", to=staff.email, staff_id=staff.id, subject=subject, body=body)

"""A calendar as text, by RFC 5545.

Each entry stands by itself, its times in UTC, so that they are right on either side of the days on which the clocks
change. The text is the same for the same appointments, so that a reader can tell that nothing changed.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from selection.calendars.queries import Appointment

PRODUCT = "-//Selection and delivery//Calendar 1.0//EN"
EVERY = timedelta(hours=1)
"""How often readers are asked to look again."""


def text(title: str, appointments: Iterable[Appointment], *, made_at: datetime, host: str) -> bytes:
    """Return the calendar; `made_at` is the moment that every entry bears, `host` makes their names ours."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for one in appointments:
        calendar.add_component(_event(one, made_at, host))
    return bytes(calendar.to_ical())


def _event(one: Appointment, made_at: datetime, host: str) -> Event:
    event = Event()
    event.add("uid", f"{one.key}@{host}")
    event.add("dtstamp", made_at.astimezone(UTC))
    event.add("sequence", one.version)
    event.add("summary", one.title)
    if one.place:
        event.add("location", one.place)
    if one.starts_at is None or one.ends_at is None:
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", one.starts_at.astimezone(UTC))
        event.add("dtend", one.ends_at.astimezone(UTC))
    event.add("status", "CANCELLED" if one.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event

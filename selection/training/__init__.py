"""Training: courses and their events, bookings, the roll, results, certificates, recognitions and imports."""

from selection.training.blueprint import bp
from selection.training.bookings import routes as of_bookings
from selection.training.certificates import routes as of_certificates
from selection.training.courses import routes as of_courses
from selection.training.events import routes as of_events
from selection.training.extensions import routes as of_extensions
from selection.training.imports import routes as of_imports
from selection.training.mine import routes as of_mine
from selection.training.recognitions import routes as of_recognitions
from selection.training.reminders import routes as of_reminders
from selection.training.requests import routes as of_requests
from selection.training.results import bulk as of_certifying
from selection.training.results import routes as of_results
from selection.training.rolls import routes as of_rolls
from selection.training.waitings import routes as of_waitings

__all__ = [
    "bp",
    "of_bookings",
    "of_certificates",
    "of_certifying",
    "of_courses",
    "of_events",
    "of_extensions",
    "of_imports",
    "of_mine",
    "of_recognitions",
    "of_reminders",
    "of_requests",
    "of_results",
    "of_rolls",
    "of_waitings",
]

"""The daily jobs of reminders."""

from flask import current_app

from selection.core import clock
from selection.core.db import db
from selection.supervision import remind as supervision
from selection.training.reminders.actions import Reminded, remind


def remind_today() -> Reminded:
    """Queue today's reminders, commit them, and return how many there were; a second run on a day finds none left."""
    done = remind(today=clock.today(), days_before=current_app.config["REMINDER_DAYS"])
    db.session.commit()
    return done


def remind_supervisors() -> supervision.Reminded:
    """Queue this week's letters on overdue supervision, commit them, and return how many there were."""
    done = supervision.remind(clock.today())
    db.session.commit()
    return done

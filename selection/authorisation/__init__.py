"""Who may act: facts gathered in bulk, explained, authorised from certificates, and withdrawn as one plan."""

from selection.authorisation import routes as of_withdrawals
from selection.authorisation.appeals import routes as of_appeals
from selection.authorisation.blueprint import bp
from selection.authorisation.breaches import routes as of_breaches
from selection.authorisation.lapses import routes as of_lapses
from selection.authorisation.questions import routes as of_questions

__all__ = ["bp", "of_appeals", "of_breaches", "of_lapses", "of_questions", "of_withdrawals"]

"""Assessment centres, a folder per topic: who sits what before whom, ratings, the wash-up and the decision."""

from selection.centres.appeals import routes as appeals
from selection.centres.blueprint import bp
from selection.centres.candidates import routes as candidates
from selection.centres.centre import routes as centre
from selection.centres.chair import routes as chair
from selection.centres.decision import routes as decision
from selection.centres.devices import routes as devices
from selection.centres.feedback import routes as feedback
from selection.centres.own import routes as own
from selection.centres.paper import routes as paper
from selection.centres.rating import door
from selection.centres.rating import routes as rating
from selection.centres.report import routes as report
from selection.centres.reviews import routes as reviews
from selection.centres.seats import routes as seats
from selection.centres.washup import routes as washup

__all__ = [
    "appeals",
    "bp",
    "candidates",
    "centre",
    "chair",
    "decision",
    "devices",
    "door",
    "feedback",
    "own",
    "paper",
    "rating",
    "report",
    "reviews",
    "seats",
    "washup",
]

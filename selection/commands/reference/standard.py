"""The first version of the selection standard; its numbers are starting values that a later version may change."""

from selection.commands.reference.exercises import EXERCISES, Set, Sought
from selection.models.standards import Anchor, Competency, Exercise, Indicator, Standard
from selection.standards.drafts.starting import STARTING_VALUES

TITLE = "Selection of programme facilitators"
NUMBER = 1

ANCHORS = (
    (1, "Well below the standard", "Hardly any of the behaviours is seen, or what speaks against it weighs heavily."),
    (2, "Below the standard", "Some of the behaviours are seen, but not steadily, or something speaks against it."),
    (
        3,
        "At the standard",
        "Most of the behaviours are seen, as far as a new facilitator under supervision needs them.",
    ),
    (
        4,
        "Above the standard",
        "The behaviours are seen steadily, also when it gets difficult, and nothing speaks against it.",
    ),
    (
        5,
        "Well above the standard",
        "The behaviours are seen throughout, and so well that others could learn from them.",
    ),
)


def new_standard() -> Standard:
    """Return the standard as a draft with all that hangs on it, not yet stored."""
    standard = Standard(
        title=TITLE,
        number=NUMBER,
        shipped=True,
        content_format=1,  # it has the same hash in every service, also in those that had it before there was another
        **STARTING_VALUES,
    )
    standard.anchors = [Anchor(point=point, label=label, text=text) for point, label, text in ANCHORS]
    standard.exercises = [_exercise(position, each) for position, each in enumerate(EXERCISES, start=1)]
    return standard


def _exercise(position: int, given: Set) -> Exercise:
    exercise = Exercise(kind=given.kind, position=position, title=given.title, brief=given.brief, minutes=given.minutes)
    exercise.competencies = [_competency(number, each) for number, each in enumerate(given.sought, start=1)]
    return exercise


def _competency(position: int, sought: Sought) -> Competency:
    texts = [(text, False) for text in sought.shows] + [(text, True) for text in sought.speaks_against]
    competency = Competency(position=position, title=sought.title, description=sought.description)
    competency.indicators = [
        Indicator(position=number, text=text, contrary=contrary)
        for number, (text, contrary) in enumerate(texts, start=1)
    ]
    return competency

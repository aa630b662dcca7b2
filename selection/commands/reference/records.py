"""What supervisors' records ask to begin with: three forms, all of them local settings."""

from dataclasses import dataclass

from selection.models.record_forms import FormPoint, FormQuestion, RecordForm
from selection.rules.records import AnswerKind, RecordKind

LABELS = ("Well short of what is asked", "Short of what is asked", "As asked", "More than is asked", "Outstanding")


@dataclass(frozen=True, kw_only=True, slots=True)
class Asks:
    """A question before it is stored."""

    text: str
    hint: str = ""
    answer: AnswerKind = AnswerKind.WORDS
    required: bool = False
    from_facilitators: int = 1


def _rated(text: str, hint: str, *, from_facilitators: int = 1) -> Asks:
    return Asks(text=text, hint=hint, answer=AnswerKind.POINTS, from_facilitators=from_facilitators)


FORMS: dict[RecordKind, tuple[str, tuple[Asks, ...]]] = {
    RecordKind.SUPERVISION: (
        "Supervision record",
        (
            Asks(text="Delivery since last time", hint="What was delivered, and how it went.", required=True),
            Asks(text="Keeping to the programme", hint="Where it was delivered as written, and where not, and why."),
            Asks(text="The group", hint="Dynamics, attendance, progress, by number and never by name."),
            Asks(text="Working together", hint="How the facilitators share the work and support each other."),
            Asks(text="Skills and learning", hint="What is going well, what is being practised, and how."),
            Asks(text="Diversity and fairness", hint="What was done so that everybody could take part."),
        ),
    ),
    RecordKind.OBSERVATION: (
        "Observation notes",
        (
            Asks(text="What was observed", hint="The part of the session, and what was to be achieved.", required=True),
            Asks(text="What went well", hint="What was said and done, as near to the words as you can."),
            Asks(text="What to work on", hint="One or two things, each with an example."),
        ),
    ),
    RecordKind.REVIEW: (
        "Session review",
        (
            Asks(text="What was watched", hint="Which part of the recording, and for how long.", required=True),
            _rated("Keeps to the session's aims and material", "Delivered as written, in the order and the time."),
            _rated("Explains clearly", "Plain words, examples, checks that it was understood."),
            _rated("Is warm and respectful", "Heard and valued, whatever the person has done."),
            _rated("Challenges without a fight", "Does not let minimising pass, and does not argue."),
            _rated("Draws everybody in", "Open questions, time to answer, no one talks for all."),
            _rated("Responds to what happens in the room", "Uses what comes up towards the session's aims."),
            _rated("Works with different ways of learning", "Changes pace and method where somebody is lost."),
            _rated(
                "Works with the co-facilitator",
                "Shares the lead, takes up what the other began, looks after the room.",
                from_facilitators=2,
            ),
            Asks(text="What went well", hint="With an example for each facilitator."),
            Asks(text="What to work on", hint="With an example for each facilitator."),
        ),
    ),
}


def new_record_form(kind: RecordKind) -> RecordForm:
    """Return the first version of a form, a draft that is not yet stored."""
    title, asked = FORMS[kind]
    points = enumerate(LABELS if kind is RecordKind.REVIEW else (), start=1)
    return RecordForm(
        kind=kind,
        number=1,
        title=title,
        points=[FormPoint(point=point, label=label) for point, label in points],
        questions=[
            FormQuestion(
                position=position,
                text=one.text,
                hint=one.hint,
                answer=one.answer,
                required=one.required,
                from_facilitators=one.from_facilitators,
            )
            for position, one in enumerate(asked, start=1)
        ],
    )

"""What most of those who were put forward say of themselves; dice of its own, so that all else falls as it did."""

from datetime import timedelta
from random import Random

from selection.commands.demo.days import at
from selection.commands.demo.setting import People, Setting
from selection.models.equality import EqualityAnswer
from selection.rules.equality import QUESTIONS

ANSWERED = 0.7
"""The share of people who answer anything."""


def answer(setting: Setting, people: People) -> None:
    """Let people of the path answer, each question for itself."""
    dice = Random(len(people.path))  # noqa: S311 - no secret
    when = at(setting.today - timedelta(days=100), 12)
    for member in people.path:
        if dice.random() > ANSWERED:
            continue
        said = {question.column: dice.choice([*question.answers, None]) for question in QUESTIONS}
        if any(said.values()):
            setting.rows.join(EqualityAnswer, staff_id=member.id, answered_at=when, **said)

"""The form of the questions; each can be left open."""

from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovSubmitInput
from wtforms import RadioField, SubmitField
from wtforms.fields.choices import SelectChoice

from selection.rules.equality import QUESTIONS, Question
from selection.web.forms import BaseForm

NO_ANSWER = "unsaid"


def _asked(question: Question) -> RadioField:
    choices = [SelectChoice(str(answer), words) for answer, words in question.answers.items()]
    return RadioField(
        question.words,
        widget=GovRadioInput(),
        choices=[*choices, SelectChoice(NO_ANSWER, "I prefer not to say")],
        default=NO_ANSWER,
    )


class AnswersForm(BaseForm):
    """What somebody says of themselves."""

    age, sex, ethnic_group, disability = (_asked(question) for question in QUESTIONS)
    submit = SubmitField("Save my answers", widget=GovSubmitInput())

    def answers(self) -> dict[str, str | None]:
        """Return what was answered, by column; None where nothing was said."""
        return {column: None if given == NO_ANSWER else given for column, given in self.changes().items()}

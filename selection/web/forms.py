"""The base of every form: protected against forgery, and able to take a refusal to the fields that it names."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField

from selection.core.errors import ChangedMeanwhile
from selection.rules.reasons import Reason


class BaseForm(FlaskForm):
    """A form of ours; it holds shape and syntax, never a rule or a query."""

    def take(self, reasons: Iterable[Reason]) -> None:
        """Put each reason at the field that it names, or at the form as a whole."""
        for reason in reasons:
            sentence = f"{reason.message} {reason.remedy}".strip()
            field: Field | None = self._fields.get(reason.field or "")
            if field is None:
                self.form_errors.append(sentence)
            else:
                field.errors = [*field.errors, sentence]

    def changes(self) -> dict[str, Any]:
        """Return what was entered, without the fields that only serve the form."""
        return {key: value for key, value in self.data.items() if key not in {"csrf_token", "version", "submit"}}


class VersionedForm(BaseForm):
    """A form on a row that several people edit; it remembers the version that was on screen."""

    version = HiddenField()

    def check(self, row: Any, *, what: str) -> None:
        """Raise ChangedMeanwhile with both versions if the row is no longer as it was when the form was opened."""
        if str(row.version) != self.version.data:
            mine = self.changes()
            theirs = {key: getattr(row, key, None) for key in mine}
            raise ChangedMeanwhile(what=what, theirs=theirs, yours=mine)

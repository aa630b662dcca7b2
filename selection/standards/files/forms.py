"""The form of an import."""

from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovFileInput
from wtforms import BooleanField

from selection.standards.fields import button
from selection.web.forms import BaseForm


class ImportForm(BaseForm):
    """A file, and whether it becomes the next version of its title."""

    file = FileField(
        "JSON file of a standard",
        widget=GovFileInput(),
        validators=[FileRequired("Choose a file")],
        render_kw={"accept": ".json,application/json"},
    )
    next_number = BooleanField(
        "Give it the next number of its title",
        widget=GovCheckboxInput(),
        description="Without this it keeps the number that is in the file, and so its hash.",
    )
    submit = button("Import as a draft")

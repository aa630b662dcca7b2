"""The forms of an import: a file, and the word that it may go ahead."""

from pathlib import PurePath

from flask_wtf.file import FileField, FileRequired
from govuk_frontend_wtf.wtforms_widgets import GovFileInput, GovSubmitInput
from wtforms import HiddenField, SubmitField

from selection.web.forms import BaseForm


class FileForm(BaseForm):
    """The file that is to be imported."""

    file = FileField(
        "CSV file or XLSX workbook",
        widget=GovFileInput(),
        validators=[FileRequired("Choose a file")],
        render_kw={"accept": ".csv,.txt,.xlsx"},
    )
    submit = SubmitField("Check the file", widget=GovSubmitInput())

    @property
    def called(self) -> str:
        """Return the name of the file, without the folders that some browsers send."""
        return PurePath(self.file.data.filename or "file").name


class ConfirmForm(BaseForm):
    """What was seen is what is to be done."""

    seen = HiddenField()
    submit = SubmitField("Import", widget=GovSubmitInput())

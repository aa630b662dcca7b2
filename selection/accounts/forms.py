"""The forms of signing in."""

from functools import cache

from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovSubmitInput, GovTextInput
from markupsafe import Markup
from wtforms import PasswordField, StringField, SubmitField
from wtforms.validators import EqualTo, InputRequired, Length

from selection.accounts.passwords import MIN_LENGTH
from selection.web.forms import BaseForm


class SignInForm(BaseForm):
    """Address and password."""

    email = StringField(
        "Email address",
        widget=GovTextInput(),
        validators=[InputRequired("Enter your email address")],
        render_kw={"type": "email", "autocomplete": "username", "spellcheck": "false"},
    )
    password = PasswordField(
        "Password",
        widget=GovPasswordInput(),
        validators=[InputRequired("Enter your password")],
    )
    submit = SubmitField("Sign in", widget=GovSubmitInput())

    def fields(self) -> Markup:
        """Return the HTML of the fields that people see."""
        return Markup("\n").join((self.email(), self.password(), self.submit()))


@cache
def empty_sign_in() -> Markup:
    """Return the fields with nothing in them, drawn once: everybody who comes to sign in sees the same."""
    return SignInForm(formdata=None).fields()


class PasswordForm(BaseForm):
    """A new password, typed twice, and the old one."""

    old = PasswordField(
        "Present password",
        widget=GovPasswordInput(),
        validators=[InputRequired("Enter your present password")],
    )
    new = PasswordField(
        "New password",
        widget=GovPasswordInput(),
        description=f"At least {MIN_LENGTH} characters; a short sentence is good.",
        validators=[
            InputRequired("Enter a new password"),
            Length(min=MIN_LENGTH, max=200, message=f"The new password needs {MIN_LENGTH} to 200 characters"),
        ],
        render_kw={"params": {"autocomplete": "new-password"}},
    )
    again = PasswordField(
        "New password again",
        widget=GovPasswordInput(),
        validators=[InputRequired("Enter the new password again"), EqualTo("new", "The two new passwords differ")],
        render_kw={"params": {"autocomplete": "new-password"}},
    )
    submit = SubmitField("Set the new password", widget=GovSubmitInput())

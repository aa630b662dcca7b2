"""The forms of a login and its roles."""

from collections.abc import Mapping
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovSubmitInput, GovTextInput
from wtforms import FieldList, Form, FormField, SelectField, StringField, SubmitField
from wtforms.validators import InputRequired

from selection.rules.roles import ROLE_NAMES, Held, Reach, Role
from selection.web.forms import BaseForm, VersionedForm

EVERYWHERE = "all"
MOST_ROLES = 40
SPARE = 2
"""Empty rows beside those that a login has, for who has no script."""


class RoleForm(Form):
    """A role, and where."""

    role = SelectField("Role", widget=GovSelect(), validate_choice=False)
    area = SelectField("Where", widget=GovSelect(), validate_choice=False)

    def held(self) -> Held | None:
        """Return the role as the rules see it; None for an empty row or one that no page offers."""
        area = str(self.area.data or "")
        if self.role.data not in set(Role) or not (area == EVERYWHERE or (area.isascii() and area.isdigit())):
            return None
        return Held(role=Role(self.role.data), area_id=None if area == EVERYWHERE else int(area[:9]))


class RolesForm(BaseForm):
    """The roles of a login, a row each."""

    roles = FieldList(FormField(RoleForm), label="Roles", min_entries=SPARE + 1, max_entries=MOST_ROLES)

    def offer(self, areas: Mapping[int, str], reach: Reach) -> None:
        """Let each row be any role in one of the areas or, where the reach goes so far, in the whole service."""
        everywhere = [(EVERYWHERE, "The whole service")] if reach.everywhere else []
        for row in self.roles:
            row.form.role.choices = [("", "No role"), *((role.value, name) for role, name in ROLE_NAMES.items())]
            row.form.area.choices = [*everywhere, *((str(key), name) for key, name in areas.items())]

    def wanted(self) -> frozenset[Held]:
        """Return the roles that were chosen."""
        return frozenset(held for row in self.roles if (held := row.form.held()) is not None)


class StaffLoginForm(RolesForm):
    """A login for somebody on the register."""

    number = StringField(
        "Staff number",
        widget=GovTextInput(),
        description="Name and e-mail address are taken from the register.",
        validators=[InputRequired("Enter the staff number")],
        render_kw={"params": {"classes": "govuk-input--width-10"}},
    )
    submit = SubmitField("Make the login", widget=GovSubmitInput())


class ExternalLoginForm(RolesForm):
    """A login for somebody who is not on the register."""

    name = StringField("Name", widget=GovTextInput(), validators=[InputRequired("Enter the name")])
    email = StringField(
        "E-mail address",
        widget=GovTextInput(),
        validators=[InputRequired("Enter the e-mail address")],
        render_kw={"type": "email", "spellcheck": "false"},
    )
    submit = SubmitField("Make the login", widget=GovSubmitInput())


class LoginForm(ExternalLoginForm, VersionedForm):
    """A login that is there, as it is to be."""

    submit = SubmitField("Save", widget=GovSubmitInput())


class PasswordAgainForm(VersionedForm):
    """The word that a login gets a new first password; a repeated submit finds another version."""


def rows_of(held: frozenset[Held]) -> list[dict[str, Any]]:
    """Return the roles as rows of the form, and the spare ones."""
    order = list(Role)
    ranked = sorted(held, key=lambda one: (order.index(one.role), one.area_id or 0))
    rows = [{"role": one.role.value, "area": str(one.area_id or EVERYWHERE)} for one in ranked]
    return [*rows, *({} for _ in range(SPARE))]

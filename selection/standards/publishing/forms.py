"""The forms by which a draft is proposed, sent back and published."""

from selection.standards.fields import button, prose
from selection.web.forms import VersionedForm


class ProposeForm(VersionedForm):
    """What is new in the draft, and why."""

    why = prose("What is new, and why?", "Whoever publishes it judges the version by this.")
    submit = button("Propose this draft")


class BackForm(VersionedForm):
    """Why a proposal ends without being published."""

    why = prose("Why does it go back?", "What should be changed before it is proposed again.", rows=3)
    submit = button("Send it back")


class PublishForm(VersionedForm):
    """The word of the second person."""

    submit = button("Publish this version")

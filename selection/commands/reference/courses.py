"""The two courses of the path: fundamental training for all programmes, and the training of one; all local settings."""

from selection.models.programmes import Programme
from selection.models.training import Course
from selection.rules.programmes import Stage


def new_fundamental_course() -> Course:
    """Return the course in fundamental skills, not yet stored."""
    return Course(
        title="Fundamental skills of groupwork",
        stage=Stage.FUNDAMENTAL,
        programme_id=None,
        days=5,
        attendance_percent=90,
        valid_months=36,
        months_after_step_before=12,
        reassess_months=3,
    )


def new_programme_course(programme: Programme) -> Course:
    """Return the course in the programme, not yet stored."""
    return Course(
        title=f"{programme.code} programme training",
        stage=Stage.PROGRAMME,
        programme_id=programme.id,
        days=10,
        attendance_percent=90,
        valid_months=36,
        months_after_step_before=12,
        reassess_months=3,
    )

"""A small service in the scratch copy, to attack."""

from datetime import date

from sqlalchemy import Engine

from selection.authorisation.invariant import certified, decided, imported, prescribed, recorded, trained
from selection.authorisation.invariant.furnished_groups import groups, sessions
from selection.authorisation.invariant.furnished_people import (
    ANN,
    BOB,
    EVA,
    LAST,
    MEG,
    SUE,
    TOM,
    authorised,
    people,
    recognition,
)
from selection.rules.calendar import NO_END


def furnish(engine: Engine) -> None:
    """Fill the scratch copy: Ann and Bob facilitate, Tom and Meg supervise, Una has no training, Lea certifies.

    Eva facilitates and Sue supervises without an end, for the group far ahead.
    """
    with engine.begin() as connection:
        people(connection)
        for staff_id, role, last in (
            (ANN, "facilitator", LAST),
            (TOM, "treatment_manager", LAST),
            (TOM, "facilitator", LAST),
            (BOB, "facilitator", date(2026, 6, 30)),
            (MEG, "designated_supervisor", LAST),
        ):
            authorised(connection, staff_id, role, last)
        recognition(connection, ANN, "selection")
        groups(connection)
        authorised(connection, EVA, "facilitator", NO_END)
        authorised(connection, SUE, "treatment_manager", NO_END)
        sessions(connection)
        for part in (recorded, certified, imported, trained, prescribed, decided):
            for statement in part.FURNISH:
                connection.exec_driver_sql(statement)

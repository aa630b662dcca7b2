"""What every record needs beside the person's own rows."""

from sqlalchemy import String, cast, literal_column, select, union_all

from selection.core.db import rows
from selection.models.people import Area
from selection.models.programmes import Programme

FIRST_DELIVERY = "months_to_first_delivery"

_NAMES = union_all(
    select(literal_column("'programme_id'", String), Programme.id, Programme.code),
    select(
        literal_column(f"'{FIRST_DELIVERY}'", String), Programme.id, cast(Programme.months_to_first_delivery, String)
    ),
    select(literal_column("'area_id'", String), Area.id, Area.name),
)


def names() -> dict[str, dict[int, str]]:
    """Return the codes of the programmes and the names of the areas, each by id and in order; one query.

    Beside them stand the months until a first delivery is expected, by programme.
    """
    found: dict[str, dict[int, str]] = {"programme_id": {}, FIRST_DELIVERY: {}, "area_id": {}}
    for key, row_id, name in sorted(rows(_NAMES), key=lambda row: row[2]):
        found[key][row_id] = name
    return found

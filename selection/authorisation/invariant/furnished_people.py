"""The people of the scratch copy, what they passed, and what they may do."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, text

from selection.core.db import Base
from selection.rules.calendar import NO_BEGINNING, NO_END

# The people of the scratch copy, by staff id.
ANN, TOM, UNA, LEA, BOB, MEG, EVA, SUE = 1, 2, 3, 4, 5, 6, 7, 8
NAMES = {ANN: "Ann", TOM: "Tom", UNA: "Una", LEA: "Lea", BOB: "Bob", MEG: "Meg", EVA: "Eva", SUE: "Sue"}
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
LAPSES, DELIVERED = date(2028, 1, 1), date(2026, 3, 2)
"""When practice lapses that began on the first day, and the day on which Ann delivered."""
MOMENT = datetime(2026, 1, 1, 12, tzinfo=UTC)


def put(connection: Connection, table: str, **values: Any) -> int:
    """Insert a row, and return its id."""
    inserted = connection.execute(Base.metadata.tables[table].insert().values(**values))
    return int(inserted.inserted_primary_key[0])  # type: ignore[index]


def people(connection: Connection) -> None:
    """Put the people, one login and two programmes there."""
    put(connection, "area", name="North")
    for staff_id, name in NAMES.items():
        address = f"{name.lower()}@scratch.example"
        put(
            connection,
            "staff",
            number=name,
            name=name,
            sort_name=name,
            email=address,
            job_title="",
            area_id=1,
            joined_on=date(2020, 1, 1),
            version=1,
        )
        if staff_id == LEA:
            put(
                connection,
                "account",
                staff_id=LEA,
                email=address,
                name=name,
                password_hash="-",  # noqa: S106 - nobody signs in to the scratch copy
                session_key="-",
                active=True,
                failed_sign_ins=0,
                version=1,
            )
    for code in ("ONE", "TWO"):
        programme_id = put(connection, "programme", code=code, title=code, version=1, months_to_first_delivery=6)
        put(
            connection,
            "lapse_setting",
            programme_id=programme_id,
            from_day=NO_BEGINNING,
            to_day=NO_END,
            months=24,
            reason="",
            made_at=MOMENT,
        )
        module_id = put(connection, "module", programme_id=programme_id, title="Induction", aim="")
        _edition(connection, programme_id, module_id)


def _edition(connection: Connection, programme_id: int, module_id: int) -> None:
    """Publish the programme's only edition, with one module."""
    sizes = {"group_min": 8, "group_max": 10, "team_size": 3, "in_room": 2, "experienced_needed": 1}
    most = {"experience_months": 6, "groups_at_once": 2, "supervisor_groups": 6}
    periods = {"weeks_between_supervision": 4, "review_months": 3, "due_soon_days": 7}
    of = {"programme_id": programme_id, "number": 1, "reason": ""}
    edition_id = put(connection, "programme_edition", **of, **sizes, **most, **periods)
    module = {"module_id": module_id, "programme_id": programme_id, "position": 1}
    length = {"sessions": 10, "session_minutes": 150, "separate_closed_group": False}
    put(connection, "edition_module", edition_id=edition_id, **module, **length)
    connection.execute(text("UPDATE programme_edition SET published_at = CURRENT_TIMESTAMP WHERE published_at IS NULL"))


def recognition(connection: Connection, staff_id: int, stage: str) -> int:
    """Put a step there that was recognised; return its id."""
    return put(
        connection,
        "recognition",
        staff_id=staff_id,
        stage=stage,
        programme_id=1 if stage == "programme" else None,
        evidence="Seen",
        reason="Known",
        requested_by_id=UNA,
        approved_by_id=LEA,
        approved_on=FIRST,
        approved_at=MOMENT,
    )


def certificate(connection: Connection, staff_id: int, stage: str, last: date, first: date = FIRST) -> int:
    """Put a certificate of a recognised step there; return its id."""
    fact = recognition(connection, staff_id, stage)
    return put(
        connection,
        "certificate",
        number=f"{staff_id}-{fact}",
        staff_id=staff_id,
        stage=stage,
        programme_id=1 if stage == "programme" else None,
        recognition_id=fact,
        valid_from=first,
        valid_to=last,
        issued_at=MOMENT,
        issued_by_id=1,
        withdrawn_reason="",
        version=1,
    )


def practice(connection: Connection, staff_id: int, certificate_id: int, first: date, lapses: date) -> int:
    """Put practice there that began with a certificate of programme training; return its id."""
    return put(
        connection,
        "practice",
        certificate_id=certificate_id,
        staff_id=staff_id,
        stage="programme",
        programme_id=1,
        begins_on=first,
        setting_id=1,
        setting_from=NO_BEGINNING,
        setting_to=NO_END,
        months=24,
        lapses_on=lapses,
        version=1,
    )


def authorised(connection: Connection, staff_id: int, role: str, last: date) -> None:
    """Put an authorisation there with the three certificates that it stands on."""
    values: dict[str, Any] = {"staff_id": staff_id, "programme_id": 1, "role": role, "valid_from": FIRST}
    for by, stage in (("selection", "selection"), ("fundamental", "fundamental"), ("training", "programme")):
        values[f"{by}_id"] = certificate(connection, staff_id, stage, last)
        values |= {f"{by}_stage": stage, f"{by}_from": FIRST, f"{by}_to": last}
    practice(connection, staff_id, values["training_id"], FIRST, LAPSES)
    if role != "facilitator":
        values["appointment_id"] = put(
            connection,
            "appointment",
            staff_id=staff_id,
            programme_id=1,
            role=role,
            valid_from=FIRST,
            valid_to=NO_END,
            approved_by_id=1,
            approver_staff_id=LEA,
            approved_at=MOMENT,
            reason="Leads",
            version=1,
        )
        values |= {"appointment_from": FIRST, "appointment_to": NO_END}
    put(connection, "authorisation", valid_to=last, made_at=MOMENT, made_by_id=1, version=1, **values)

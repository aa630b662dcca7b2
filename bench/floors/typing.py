"""One operation of a form, bare: who it is, and one row; a transaction that is on the disk when it is answered."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from bench.floors.store import engine, statement, user

bp = Blueprint("typing", __name__)

OPERATION = """
INSERT INTO form_operation (op_id, form_id, base_version, version, standard_id, door, payload_hash, by_id, received_at)
VALUES (:op_id, :form, :base_version, :base_version + 1, :standard_version, 'device', '', :by_id, CURRENT_TIMESTAMP)
"""


@bp.post("/centres/forms/<int:form_id>/operations")
def operate(form_id: int) -> ResponseReturnValue:
    """Store that there was one."""
    sent = request.get_json()
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.connection.driver_connection.execute("PRAGMA synchronous = FULL")  # type: ignore[union-attr]
        with connection.begin():
            named = {key: sent[key] for key in ("op_id", "form", "base_version", "standard_version")}
            connection.execute(statement(OPERATION), {**named, "by_id": user(connection).id})
    return {"version": sent["base_version"] + 1, "form": form_id}

"""Whatever door is tried: operations and transcriptions are only ever added to, and follow one another."""

import pytest
from sqlalchemy.exc import IntegrityError

from selection.core.clock import now
from selection.models.capture import FormHold, FormOperation, Transcription
from selection.rules.standards import ExerciseKind
from tests.factories import centres
from tests.factories.centres import Prepared
from tests.store import Store

pytestmark = pytest.mark.usefixtures("clock")
ROLE_PLAY = ExerciseKind.ROLE_PLAY
OP = "0b9d2b1e-6f0c-4c1c-9b8e-3f6d2f1f0a01"


@pytest.fixture
def there(store: Store) -> Prepared:
    """Ann's form with one operation, one transcription and one device that holds it."""
    with store.session() as session:
        there = centres.prepared(session, kinds=[ROLE_PLAY])
        own = there.forms[ROLE_PLAY][0]
        session.add(
            FormOperation(
                op_id=OP, form_id=own.id, base_version=1, version=2, standard_id=there.centre.standard_id,
                door="device", payload_hash="0" * 64, by_id=there.first.id, received_at=now(),
            )
        )  # fmt: skip
        typist = {"by_id": there.chair.id, "by_staff_id": there.second.staff_id}
        session.add(
            Transcription(form_id=own.id, assessor_id=own.assessor_id, paper_kept="Safe", begun_at=now(), **typist)
        )
        session.add(
            FormHold(
                form_id=own.id, device_id=OP, device="Tablet", account_id=there.first.id,
                opened_at=now(), seen_at=now(), reason="",
            )
        )  # fmt: skip
        return there


ANOTHER = (
    "INSERT INTO form_operation (op_id, form_id, base_version, version, standard_id, door, payload_hash, by_id,"
    " received_at) SELECT {op_id}, form_id, {base}, {version}, standard_id, 'device', payload_hash, by_id, received_at"
    " FROM form_operation"
)


REFUSED = {
    "change an operation": "UPDATE form_operation SET payload_hash = ''",
    "delete an operation": "DELETE FROM form_operation",
    "the same operation twice": ANOTHER.format(op_id="op_id", base=2, version=3),
    "two that lead to one version": ANOTHER.format(op_id="'other'", base=1, version=2),
    "one that skips a version": ANOTHER.format(op_id="'other'", base=2, version=4),
    "change who typed it": "UPDATE transcription SET by_id = by_id",
    "hide that it was typed from paper": "DELETE FROM transcription",
    "an end without its moment": "UPDATE form_hold SET how = 'handed_back'",
    "given up without a reason": "UPDATE form_hold SET how = 'given_up', ended_at = seen_at",
    "less than nothing unsent": "UPDATE form_hold SET unsent = -1",
}


def refuses(store: Store, statement: str) -> bool:
    try:
        store.sql(statement)
    except IntegrityError:
        return True
    return False


def test_the_database_refuses(store: Store, there: Prepared) -> None:
    assert [what for what, statement in REFUSED.items() if not refuses(store, statement)] == []
    store.sql(ANOTHER.format(op_id="'other'", base=2, version=3))


def test_nobody_transcribes_their_own_form(store: Store, there: Prepared) -> None:
    own = there.forms[ROLE_PLAY][1]
    typed = (
        "INSERT INTO transcription (form_id, assessor_id, by_id, by_staff_id, paper_kept, begun_at)"
        " SELECT {form}, {assessor}, by_id, {by}, paper_kept, begun_at FROM transcription"
    )
    ann, ben = there.first.staff_id, there.second.staff_id
    with pytest.raises(IntegrityError):
        store.sql(typed.format(form=own.id, assessor=ben, by=ben))
    with pytest.raises(IntegrityError):
        store.sql(typed.format(form=own.id, assessor=ann, by=ben))
    store.sql(typed.format(form=own.id, assessor=ben, by=ann))

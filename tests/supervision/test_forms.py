"""What records ask is data with versions: written as a draft, published once, and never changed again."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from selection.models.record_forms import FormQuestion, RecordForm
from selection.models.supervision import SupervisorRecord
from selection.rules.records import RecordKind
from selection.rules.roles import Role
from tests.factories import people
from tests.pages import Browserlike
from tests.store import Store
from tests.supervision.conftest import Desk


def test_a_new_version_is_written_published_and_asked(
    dora: Browserlike, tom: Browserlike, clients: Callable[[], Browserlike], desk: Desk, store: Store
) -> None:
    old = desk.forms[RecordKind.SUPERVISION]
    dora.get("/supervision/forms")
    dora.fill(button="Begin a new version of the supervision record")
    page = dora.fill({"text-0": "", "text-1": "Skills", "required-1": True, "title": "Our record"})
    assert "Draft" in page.heading
    draft = store.one(select(RecordForm).where(RecordForm.state == "draft"))
    assert (draft.kind, draft.number, draft.title) == ("supervision", old.number + 1, "Our record")
    early = tom.get(f"/supervision/groups/{desk.group.id}/new")
    assert "What was it" in early.main  # not asked before it is published
    writing = dora.get(f"/supervision/forms/{draft.id}/change")
    seen = dora.get(f"/supervision/forms/{draft.id}")
    dora.fill({"title": "Our own record"}, page=writing)
    dora.fill(button="Publish this version", page=seen, expect=409)  # nobody publishes what they have not seen
    seen = dora.get(f"/supervision/forms/{draft.id}")
    for _ in range(2):  # pressed twice
        dora.fill(button="Publish this version", page=seen)
    assert "Mine" in dora.fill({"title": "Mine"}, page=writing, expect=409).main, "what was written is not lost"
    tom.fill({f"words-{old.questions[0].id}": "Kept."}, button="Keep as a draft", page=early)
    assert store.one(select(SupervisorRecord.form_id)) == old.id, "what was begun is read as it was asked"
    assert "Skills" in tom.get(f"/supervision/groups/{desk.group.id}/new").main
    dora.get(f"/supervision/forms/{draft.id}/change")
    assert dora.page
    assert dora.page.path == f"/supervision/forms/{draft.id}"
    assert [one.text for one in store.all(select(FormQuestion).where(FormQuestion.form_id == old.id))] == [
        "What was it",
        "Explains clearly",
    ]
    with pytest.raises(IntegrityError):
        store.sql("UPDATE form_question SET text = 'x' WHERE form_id = :form", form=draft.id)


def test_an_unfit_form_is_not_published_and_few_may_write(
    dora: Browserlike, tom: Browserlike, clients: Callable[[], Browserlike], desk: Desk, store: Store
) -> None:
    dora.get("/supervision/forms")
    dora.fill(button="Begin a new version of the session review")
    dora.fill({f"text-{row}": "" for row in range(3)})
    page = dora.fill(button="Publish this version", expect=409)
    assert page.errors == [
        "The form has no questions. Add at least one.",
        "A session review rates something. Add a rated question.",
    ]
    with store.session() as session:
        local = people.account(session, Role.TREATMENT_MANAGER, in_area="North")
    assert not clients().sign_in_as(local).get("/supervision/forms").soup.select("main form")
    draft = store.one(select(RecordForm).where(RecordForm.state == "draft"))
    clients().sign_in_as(local).get(f"/supervision/forms/{draft.id}/change", expect=403)
    clients().sign_in_as(desk.auditor).get(f"/supervision/forms/{draft.id}/change", expect=403)
    tom.get("/supervision/forms", expect=403)

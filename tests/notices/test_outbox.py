"""The page of the outbox."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from selection.models.notices import Notice
from selection.models.trail import TrailEntry
from selection.notices.deliver import MOST_TRIES
from selection.rules.roles import Role
from tests.factories import notices, people
from tests.pages import Browserlike
from tests.store import Store

NOON = datetime(2027, 3, 15, 12, tzinfo=UTC)


@pytest.fixture
def administrator(store: Store, client: Browserlike) -> Browserlike:
    with store.session() as session:
        login = people.account(session, Role.ADMINISTRATOR)
    return client.sign_in_as(login)


@pytest.mark.usefixtures("clock")
def test_letters_are_shown_by_state_those_not_taken_first(administrator: Browserlike, store: Store) -> None:
    with store.session() as session:
        notices.notice(session, subject="Still here")
        notices.notice(session, subject="Gone out", sent_at=NOON, tries=1)
        notices.notice(session, subject="Came back", tries=2, last_error="550 <b>No</b> such mailbox")
        notices.notice(session, subject="Hopeless", tries=MOST_TRIES, last_error="554 No")
    page = administrator.get("/notices/")
    hopeless, back = page.table()
    assert [row["Subject"].split(" written ")[0] for row in (hopeless, back)] == ["Hopeless", "Came back"]
    assert back["State"].startswith("Not taken 2 tries next 1 March 2027")
    assert back["Why it was not taken"] == "550 <b>No</b> such mailbox"
    assert hopeless["State"] == f"Given up after {MOST_TRIES} tries"
    [waiting] = administrator.follow("Waiting (1)").table()
    assert waiting["Subject"] == "Still here written 1 March 2027, 09:00"
    [sent] = administrator.follow("Sent (1)").table()
    assert sent["State"] == "Sent 15 March 2027, 12:00"
    [sent] = administrator.get(f"/notices/?state=sent&page={10**24}").table()
    assert sent["Subject"].startswith("Gone out"), "beyond the last page there is the last"


@pytest.mark.usefixtures("clock")
def test_an_administrator_has_a_letter_tried_again(administrator: Browserlike, store: Store) -> None:
    with store.session() as session:
        notices.notice(session, tries=MOST_TRIES, last_error="554 No")
    administrator.get("/notices/")
    page = administrator.fill(button="Try again now")
    assert "is tried again within a minute" in page.banner
    notice = store.one(select(Notice))
    assert (notice.tries, notice.last_error, notice.due_at) == (0, "", NOON)
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "notice.tried_again"))
    assert entry.before == {"tries": MOST_TRIES, "last_error": "554 No"}


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    ("meanwhile", "says"), [({"sent_at": NOON}, "has been sent meanwhile"), ({"last_error": ""}, "on its way already")]
)
def test_a_letter_is_not_tried_again_if_it_is_sent_or_on_its_way(
    administrator: Browserlike, store: Store, meanwhile: dict[str, object], says: str
) -> None:
    with store.session() as session:
        made = notices.notice(session, tries=3, last_error="554 No")
    page = administrator.get("/notices/")
    with store.session() as session:
        for name, value in meanwhile.items():
            setattr(session.get_one(Notice, made.id), name, value)
    answered = administrator.fill(page=page, button="Try again now")
    assert says in answered.banner
    assert store.one(select(Notice)).tries == 3


@pytest.mark.usefixtures("clock")
def test_who_does_not_manage_logins_does_not_see_the_outbox(
    store: Store, clients: Callable[[], Browserlike], administrator: Browserlike
) -> None:
    with store.session() as session:
        auditor = people.account(session, Role.AUDITOR)
        made = notices.notice(session, tries=1, last_error="554 No")
    browser = clients().sign_in_as(auditor)
    token = browser.get("/notices/", expect=403).soup.select_one("[name=csrf_token]")
    assert token is not None
    browser.post(f"/notices/{made.id}/again", {"csrf_token": token["value"]}, expect=403)
    token = administrator.get("/notices/").soup.select_one("[name=csrf_token]")
    assert token is not None
    administrator.post(f"/notices/{made.id + 1}/again", {"csrf_token": token["value"]}, expect=404)
    assert store.one(select(Notice)).tries == 1

"""Areas: added, renamed, and in which nation they lie."""

from collections.abc import Callable

from selection.models.people import Area
from selection.rules.roles import Role
from tests.factories import people
from tests.pages import Browserlike
from tests.store import Store


def test_an_administrator_of_the_whole_service_keeps_the_areas(
    store: Store, clients: Callable[[], Browserlike]
) -> None:
    with store.session() as session:
        whole = people.account(session, Role.ADMINISTRATOR)
        part = people.account(session, Role.ADMINISTRATOR, in_area="North")
    clients().sign_in_as(part).get("/staff/areas", expect=403)
    browser = clients().sign_in_as(whole)
    browser.get("/staff/areas")
    browser.follow("Add an area")
    assert "There is an area called North already. Choose another name." in browser.fill({"name": " North "}).errors
    page = browser.fill({"name": "Lothian", "nation": "scotland"})
    assert [(row["Area"], row["Bank holidays of"]) for row in page.table()] == [
        ("Lothian", "Scotland"),
        ("North", "England and Wales"),
    ]
    browser.follow("North")
    store.sql("UPDATE area SET name = 'Far North' WHERE name = 'North'")
    browser.fill({"nation": "northern_ireland"}, expect=409)
    assert store.count(Area) == 2

"""What no page sends: keys and pages beyond every table, fields left out."""

from tests.pages import Browserlike
from tests.training.conftest import World, token

HUGE = 10**25
DAYS = "1 6 2027\n2 6 2027\n3 6 2027"


def test_a_page_beyond_the_last_is_the_last(world: World, lead: Browserlike) -> None:
    for page in (HUGE, 0, -5):
        assert [row["Event"] for row in lead.get("/training/", page=page).table()] == ["Spring course"]
        assert lead.get(f"/training/events/{world.event.id}/book", page=page, show="everybody").table()
        lead.get("/training/recognitions/", page=page)
    lead.get("/training/", page="x", stage="y", when="z")


def test_keys_that_can_be_none_are_refused(world: World, lead: Browserlike) -> None:
    event, csrf = f"/training/events/{world.event.id}", token(lead.get("/training/courses/new"))
    for path in ("events", "bookings", "certificates", "courses"):
        lead.get(f"/training/{path}/{HUGE}", expect=404)
    for key in (HUGE, -1, "x"):
        assert lead.post(f"{event}/book", {"people": [key], "csrf_token": csrf}).errors
        lead.post(f"{event}/certify", {"results": [key], "csrf_token": csrf}, expect=400)


def test_fields_left_out_are_said(world: World, lead: Browserlike) -> None:
    path = f"/training/courses/{world.fundamental.id}/events/new"
    sent = {"venue": "Hall", "places": "8", "days": DAYS, "csrf_token": token(lead.get(path))}
    assert lead.post(path, sent).errors == ["Choose the area"]
    assert lead.post(path, {**sent, "area": str(HUGE)}).errors
    lead.post(path, {**sent, "area": "77"}, expect=409)
    for form in ("/training/courses/new", "/training/recognitions/new", path):
        assert len(lead.post(form, {"csrf_token": sent["csrf_token"]}).errors) > 2

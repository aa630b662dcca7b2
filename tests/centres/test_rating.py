"""An assessor rates alone: saved as they go, sealed when nothing is missing, and never changed after."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from selection.core import clock
from selection.models.centres import Sitting
from selection.models.scoring import IndicatorMark, Rating, RatingForm
from selection.models.trail import TrailEntry
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.centres.pages import EVIDENCE, filled, form, send
from tests.factories import centres, people
from tests.factories.centres import Prepared
from tests.forms import Value
from tests.pages import Browserlike, Page
from tests.store import Store

Clients = Callable[[], Browserlike]
pytestmark = pytest.mark.usefixtures("clock")
SAVE, SEAL = "Save and go on later", "Seal the form"
ROLE_PLAY = ExerciseKind.ROLE_PLAY


@pytest.fixture
def there(store: Store) -> Prepared:
    with store.session() as session:
        return centres.prepared(session, kinds=[ROLE_PLAY])


@pytest.fixture
def own(there: Prepared) -> RatingForm:
    return there.forms[ROLE_PLAY][0]


@pytest.fixture
def ann(clients: Clients, there: Prepared) -> Browserlike:
    """Ann's browser, on her form."""
    browser = clients().sign_in_as(there.first)
    browser.get(form(there.forms[ROLE_PLAY][0]))
    return browser


def page_of(browser: Browserlike) -> Page:
    assert browser.page
    return browser.page


def values(browser: Browserlike, **given: Any) -> dict[str, Value]:
    return filled(page_of(browser), [3, 4, 3], **given)


def typed(page: Page, name: str) -> str:
    """Return what stands in a field of the page."""
    area = page.soup.select_one(f'textarea[name="{name}"]')
    if area:
        return area.get_text().strip()
    chosen = page.soup.select_one(f'input[name="{name}"][checked]')
    return str(chosen["value"]) if chosen else ""


def competencies(own: RatingForm, store: Store) -> list[int]:
    with store.session() as session:
        sitting = session.get_one(Sitting, own.sitting_id)
        return [each.id for each in sitting.exercise.competencies]


def test_what_is_to_be_rated_is_listed_by_day_with_its_state(
    store: Store, ann: Browserlike, clients: Clients, there: Prepared
) -> None:
    assert [row["State"] for row in ann.get("/centres/mine").table()] == ["To do"]
    ann.follow("Cara Candidate role play")
    ann.fill({}, button=SAVE)
    assert [row["State"] for row in ann.get("/centres/mine").table()] == ["Begun"]
    with store.session() as session:
        idle = centres.assessor(session)
    assert "You have nothing to rate" in clients().sign_in_as(idle).get("/centres/mine").main


def test_half_a_form_is_saved_and_is_there_again(store: Store, ann: Browserlike, own: RatingForm) -> None:
    first, second, third = competencies(own, store)
    mark = str(page_of(ann).soup.select('input[name^="mark-"]')[0]["name"])
    said = "She waited.\nThen: “go on”, naïve? 日本語"
    page = ann.fill(
        {f"rating-{first}": 4, f"evidence-{second}": said, f"rating-{third}": "none", mark: "contrary"}, button=SAVE
    )
    assert "Your form on Cara Candidate is saved" in page.banner
    assert (typed(page, f"rating-{first}"), typed(page, f"rating-{second}")) == ("4", "")
    assert (typed(page, f"evidence-{second}"), typed(page, f"rating-{third}")) == (said, "none")
    assert typed(page, mark) == "contrary"
    stored = {row.competency_id: row for row in store.all(select(Rating))}
    assert (stored[first].points, stored[second].points, stored[third].points) == (4, None, None)
    assert [stored[each].no_opportunity for each in (first, second, third)] == [False, False, True]
    assert store.one(select(IndicatorMark)).seen == "contrary"
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "form.saved"))
    assert entry.after == {"rated": 2, "of": 3, "sealed_at": None}


def test_what_was_blanked_is_gone_and_a_mark_is_changed(store: Store, ann: Browserlike, own: RatingForm) -> None:
    first = competencies(own, store)[0]
    mark = str(page_of(ann).soup.select('input[name^="mark-"]')[0]["name"])
    ann.fill({f"rating-{first}": 4, f"evidence-{first}": "Waited.", mark: "seen"}, button=SAVE)
    ann.fill({f"rating-{first}": 2, f"evidence-{first}": "", mark: "not_seen"}, button=SAVE)
    row = store.one(select(Rating).where(Rating.competency_id == first))
    assert (row.points, row.evidence) == (2, "")
    assert store.one(select(IndicatorMark)).seen == "not_seen"
    ann.fill({f"rating-{first}": None, mark: None}, button=SAVE)
    assert store.one(select(Rating).where(Rating.competency_id == first)).points is None
    assert store.count(IndicatorMark) == 0


@pytest.mark.parametrize(
    ("field", "sent", "sentence"),
    [
        pytest.param("rating", "6", "Choose one of the ratings that are offered.", id="above the scale"),
        pytest.param("rating", "0", "Choose one of the ratings that are offered.", id="below the scale"),
        pytest.param("rating", "³", "Choose one of the ratings that are offered.", id="a figure of another kind"),
        pytest.param("evidence", "x" * 5001, "Use at most 5000 characters; there are 5001.", id="endless evidence"),
    ],
)
def test_what_no_form_would_send_is_refused_at_its_field_and_the_rest_stays(
    store: Store, ann: Browserlike, own: RatingForm, field: str, sent: str, sentence: str
) -> None:
    first, second, _ = competencies(own, store)
    page = send(ann, form(own), {"version": "1", f"{field}-{first}": sent, f"evidence-{second}": EVIDENCE})
    assert page.errors == [sentence]
    assert typed(page, f"evidence-{second}") == EVIDENCE
    assert store.count(Rating) == 0


def test_bad_choices_elsewhere_and_a_null_character_do_no_harm(store: Store, ann: Browserlike, own: RatingForm) -> None:
    first = competencies(own, store)[0]
    page = send(ann, form(own), {"version": "1", "judgement": "superb", "incident_note": "y" * 5001})
    assert len(page.errors) == 2
    send(ann, form(own), {"version": "1", f"evidence-{first}": "a\0b"})
    assert store.one(select(Rating).where(Rating.competency_id == first)).evidence == "ab"


def test_a_form_with_gaps_is_not_sealed_and_every_gap_is_at_its_field(
    store: Store, ann: Browserlike, own: RatingForm
) -> None:
    first, second, third = competencies(own, store)
    page = ann.fill(
        {f"rating-{first}": 4, f"evidence-{second}": EVIDENCE, f"rating-{third}": "none", "incident": ["y"]},
        button=SEAL,
    )
    assert "The form is saved, but it cannot be sealed yet" in page.main
    links = {str(link["href"]): link.get_text(strip=True) for link in page.soup.select(".govuk-error-summary a")}
    assert list(links) == [
        f"#evidence-{first}",
        f"#rating-{second}",
        f"#why-{third}",
        "#judgement",
        "#incident_note",
    ]
    assert "“Empathy and warmth” has no note of evidence." in links[f"#evidence-{first}"]
    assert (typed(page, f"rating-{first}"), typed(page, f"evidence-{second}")) == ("4", EVIDENCE)
    assert store.one(select(RatingForm).where(RatingForm.id == own.id)).sealed_at is None
    whole: dict[str, Value] = {
        f"evidence-{first}": EVIDENCE,
        f"rating-{second}": 3,
        f"why-{third}": "It broke off.",
        "judgement": "competent",
        "incident_note": "Shouted at the actor.",
    }
    assert "is sealed" in ann.fill(whole, button=SEAL).banner


def test_a_sealed_form_is_shown_as_it_is_and_stays(store: Store, ann: Browserlike, own: RatingForm) -> None:
    old = page_of(ann)
    ann.fill(values(ann), button=SEAL)
    assert [row["State"] for row in ann.get("/centres/mine").table()] == ["Sealed"]
    page = ann.get(form(own))
    assert "Empathy and warmth: 3" in page.main
    assert EVIDENCE in page.main
    assert not page.soup.select("main form")
    sealed = store.one(select(RatingForm).where(RatingForm.id == own.id))
    page = send(ann, form(own), {"version": str(sealed.version), "judgement": "strong"}, expect=409)
    assert "a sealed form does not change" in page.main
    ann.fill({"judgement": "strong"}, button=SAVE, page=old, expect=409)
    assert store.one(select(RatingForm).where(RatingForm.id == own.id)).global_judgement == "competent"


@pytest.mark.parametrize("button", [SAVE, SEAL])
def test_a_repeated_submit_is_stored_once(store: Store, ann: Browserlike, own: RatingForm, button: str) -> None:
    old = page_of(ann)
    ann.fill(values(ann), button=button, page=old)
    page = ann.fill(filled(old, [3, 4, 3]), button=button, page=old)
    assert ("is sealed" if button == SEAL else "is saved") in page.banner
    assert store.one(select(RatingForm).where(RatingForm.id == own.id)).version == 2
    assert store.count(TrailEntry, TrailEntry.event.in_(["form.saved", "form.sealed"])) == 1


def test_a_form_changed_in_another_window_shows_both_versions(store: Store, ann: Browserlike, own: RatingForm) -> None:
    first = competencies(own, store)[0]
    old = page_of(ann)
    ann.fill({f"rating-{first}": 4, f"evidence-{first}": "Waited."}, button=SAVE)
    page = ann.fill({f"rating-{first}": 2, f"evidence-{first}": "Interrupted."}, button=SAVE, page=old, expect=409)
    shown = {row["Field"]: (row["Stored now"], row["What you sent"]) for row in page.table()}
    assert shown == {
        "Empathy and warmth: rating": ("4", "2 (differs)"),
        "Empathy and warmth: evidence": ("Waited.", "Interrupted. (differs)"),
    }
    assert store.one(select(Rating).where(Rating.competency_id == first)).points == 4


def test_anybody_elses_form_is_not_there(store: Store, clients: Clients, there: Prepared, own: RatingForm) -> None:
    other = clients().sign_in_as(there.second)
    other.get(form(own), expect=404)
    send(other, form(own), {"version": "1", "judgement": "strong"}, expect=404)
    with store.session() as session:
        nobody = people.account(session, Role.ASSESSOR)
        nobody.staff_id = None
        auditor = people.account(session, Role.AUDITOR)
    clients().sign_in_as(nobody).get(form(own), expect=404)
    assert "You have nothing to rate" in clients().sign_in_as(nobody).get("/centres/mine").main
    clients().sign_in_as(auditor).get(form(own), expect=403)
    clients().sign_in_as(there.chair).get(form(own), expect=403)
    assert store.one(select(RatingForm).where(RatingForm.id == own.id)).global_judgement is None


def test_a_void_exercise_needs_no_form(store: Store, ann: Browserlike, own: RatingForm) -> None:
    with store.session() as session:
        session.get_one(Sitting, own.sitting_id).void_reason = "A fire alarm."
    assert "The exercise was declared void" in ann.get(form(own)).main
    page = send(ann, form(own), {"version": "1", "judgement": "strong"}, expect=409)
    assert "The exercise was declared void." in page.main
    assert [row["State"] for row in ann.get("/centres/mine").table()] == ["Not needed"]


def test_the_words_are_those_of_the_standard(ann: Browserlike) -> None:
    page = page_of(ann)
    assert "What to do." in page.main
    assert "3: Point 3 (the standard)" in page.main
    assert page.main.count("What 4 means.") == 1 + 3
    assert page.main.count("Shows it 4 (speaks against it)") == 3


def test_nothing_is_sealed_before_the_day_of_the_centre_and_a_sealed_form_keeps_the_day(
    store: Store, clients: Clients
) -> None:
    with store.session() as session:
        there = centres.prepared(session, held_on=clock.today() + timedelta(days=1))
    own = there.forms[ROLE_PLAY][0]
    ann = clients().sign_in_as(there.first)
    assert "You can seal it from 16 March 2027." in ann.get(form(own)).main
    page = ann.fill(values(ann), button=SEAL)
    assert "The centre is held on 16 March 2027, and nothing is sealed before it." in page.main
    assert store.count(Rating, Rating.form_id == own.id, Rating.points.is_not(None)) == 3, "it is saved all the same"
    edit = f"/centres/{there.centre.id}/edit"
    chair = clients().sign_in_as(there.chair)
    chair.get(edit)
    assert "is changed" in chair.fill({"held_on": clock.today()}, button="Save").banner
    ann.get(form(own))
    ann.fill({}, button=SEAL)
    assert store.one(select(RatingForm).where(RatingForm.id == own.id)).sealed_at is not None
    chair.get(edit)
    page = chair.fill({"held_on": clock.today() + timedelta(days=1)}, button="Save")
    assert page.errors == [
        "Forms of this centre are sealed, so that it was held already. Enter the day on which it was held."
    ]

"""A half-day of six assessors, written out by a seed: who types what into which form, and what goes wrong meanwhile."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from selection.core import clock
from selection.models.centres import Sitting
from selection.models.people import Account
from selection.models.scoring import RatingForm
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.factories import centres, people
from tests.faults.ledger import Typed, broken_chains, stored
from tests.faults.tablet import Tablet
from tests.service import Service
from tests.store import Store

ASSESSORS = 6
CANDIDATES = 3
DECK = Counter(
    kill_the_tab=4,
    cut_the_network=5,
    lose_an_answer=6,
    replay_and_reorder=8,
    expire_the_session=4,
    let_somebody_else_in=2,
    open_a_second_tab=2,
    kill_the_server=1,
)
"""What can go wrong, and how often in one deck of 32."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A form that is to be filled, with what can be typed into it."""

    form_id: int
    competencies: list[int]
    indicators: list[int]


@dataclass(kw_only=True)
class Furnished:
    """Who assesses, the forms of each, and somebody else who may turn up at any tablet."""

    assessors: list[Account]
    other: Account
    sheets: dict[int, list[Sheet]] = field(default_factory=dict)


def furnish(store: Store) -> Furnished:
    """Put in a centre with three candidates, each exercise of whom two of the six assess."""
    with store.session() as session:
        chair = people.account(session, Role.COORDINATOR, of=people.staff(session, "Chris Chair"))
        assessors = [centres.assessor(session, f"Assessor {number}") for number in range(ASSESSORS)]
        made = Furnished(assessors=assessors, other=centres.assessor(session, "Somebody Else"))
        centre = centres.centre(session, chair=chair, held_on=clock.today())
        for number in range(CANDIDATES):
            candidacy = centres.candidacy(session, centre, people.staff(session, f"Candidate {number}"))
            for place, kind in enumerate(ExerciseKind):
                sitting = next(each for each in candidacy.sittings if each.kind == kind)
                for seat in range(2):
                    who = assessors[(2 * (number + place) + seat) % ASSESSORS]
                    sheet = _sheet(sitting, centres.seat(session, sitting, who))
                    made.sheets.setdefault(who.id, []).append(sheet)
        return made


def _sheet(sitting: Sitting, form: RatingForm) -> Sheet:
    competencies = sitting.exercise.competencies
    return Sheet(
        form_id=form.id,
        competencies=[each.id for each in competencies],
        indicators=[indicator.id for each in competencies for indicator in each.indicators],
    )


class HalfDay:
    """The six at work; `go_wrong` makes one thing go wrong at one tablet, or ends something that went wrong before."""

    def __init__(
        self, rng: Random, service: Service, store: Store, furnished: Furnished, tablets: list[Tablet]
    ) -> None:
        self.rng, self.service, self.store, self.furnished, self.tablets = rng, service, store, furnished, tablets
        self.happened: list[str] = []
        self._deck: list[str] = []
        self._turn = 0
        self._to_fill = {tablet.who.id: list(furnished.sheets[tablet.who.id]) for tablet in tablets}
        self._filled: list[Typed] = []

    def begin(self) -> None:
        """Let everybody sign in and open their first form."""
        for tablet in self.tablets:
            tablet.sign_in()
            tablet.open(Typed(form_id=self._to_fill[tablet.who.id][0].form_id))

    def work(self, tablet: Tablet) -> None:
        """Let an assessor type a note and make a choice; what the page says is kept goes into the ledger."""
        sheet = self._to_fill[tablet.who.id][0]
        self._turn += 1
        tablet.type_note(self.rng.choice(sheet.competencies), f"Note {self._turn:04} of {tablet.who.name}.")
        tablet.choose(*self._choice(sheet))

    def _choice(self, sheet: Sheet) -> tuple[str, str]:
        return self.rng.choice(
            [
                (f"mark-{self.rng.choice(sheet.indicators)}", self.rng.choice(["seen", "contrary", "not_seen"])),
                (f"rating-{self.rng.choice(sheet.competencies)}", str(self.rng.randint(1, 5))),
                ("judgement", self.rng.choice(["clear_no", "borderline", "competent", "strong"])),
            ]
        )

    def go_wrong(self, tablet: Tablet) -> None:
        """Let the next thing go wrong, dealt by the seed from a deck: every kind comes as often as it weighs."""
        if not self._deck:
            self._deck = self.rng.sample(list(DECK), DECK.total(), counts=list(DECK.values()))
        fault = self._deck.pop()
        self.happened.append(f"{fault} at the tablet of {tablet.who.name}")
        getattr(self, fault)(tablet)

    def story(self) -> str:
        """Tell what happened last, and what each tablet says; for who has to find out why."""
        says = (f"{tablet.who.name}: {tablet.says()}" for tablet in self.tablets)
        return "\n".join([f"after {len(self.happened)} faults:", *self.happened[-5:], *says])

    def kill_the_tab(self, tablet: Tablet) -> None:
        """The tab dies and is opened again, with or without a connection."""
        typed = tablet.typed
        tablet.kill_tab()
        assert typed
        tablet.open(typed)

    def cut_the_network(self, tablet: Tablet) -> None:
        """The connection goes, the assessor goes on, and it comes back."""
        tablet.cut(online=False)
        self.work(tablet)
        if self.rng.random() < 0.3:
            self.kill_the_tab(tablet)
            self.work(tablet)
        self.check(tablet)
        tablet.cut(online=True)

    def lose_an_answer(self, tablet: Tablet) -> None:
        """An operation is stored, and the device never hears of it."""
        ended = tablet.lose_answers()
        self.work(tablet)
        tablet.hurry()
        tablet.settled("offline")
        if self.rng.random() < 0.3:
            self.kill_the_tab(tablet)
        else:
            ended()

    def replay_and_reorder(self, tablet: Tablet) -> None:
        """The network sends operations again, in any order; each is acknowledged once more and changes nothing."""
        tablet.hurry()
        tablet.settled()
        ours = [each for each in tablet.sent if tablet.typed and each["form"] == tablet.typed.form_id]
        for operation in self.rng.sample(ours, min(3, len(ours))):
            assert tablet.replay(operation) == 200

    def expire_the_session(self, tablet: Tablet) -> None:
        """The session ends, and with it the token; work goes on, the same person signs in, and all is sent."""
        tablet.context.clear_cookies()
        self.work(tablet)
        tablet.hurry()
        tablet.settled("signed-out")
        self.check(tablet)
        tablet.sign_in()
        tablet.hurry()

    def let_somebody_else_in(self, tablet: Tablet) -> None:
        """Somebody else signs in at the tablet: they see nothing and nothing is sent until the first is back."""
        tablet.cut(online=False)
        self.work(tablet)
        typed, words = tablet.typed, self._turn
        tablet.cut(online=True)
        before = len(tablet.sent)
        tablet.sign_in(self.furnished.other)
        tablet.hurry()
        tablet.settled("other")
        assert typed
        assert not tablet.page.locator("[data-capture-private]").is_visible()
        assert f"Note {words:04}" not in tablet.page.locator("body").inner_text()
        own = self.store.count(RatingForm, RatingForm.assessor_id == self.furnished.other.staff_id)
        assert own == 0, "somebody else has a form now"
        assert all(each["form"] == typed.form_id for each in tablet.sent[before:])
        tablet.sign_in()
        tablet.open(typed)

    def open_a_second_tab(self, tablet: Tablet) -> None:
        """The form is opened in a second tab, which waits, or takes over and is gone again."""
        typed = tablet.typed
        assert typed
        second = tablet.context.new_page()
        second.goto(f"{tablet.address}/centres/forms/{typed.form_id}")
        second.wait_for_selector('[data-capture-status][data-state="elsewhere"]')
        if self.rng.random() < 0.5:
            first = tablet.page
            second.get_by_role("button", name="Write here instead").click()
            second.wait_for_selector("html[data-capture=ready]", state="attached")
            first.wait_for_selector('[data-capture-status][data-state="elsewhere"]')
            tablet.tab = second
            second.on("request", tablet._remember)
            self.work(tablet)
            first.close()
        else:
            second.close()

    def kill_the_server(self, tablet: Tablet) -> None:
        """The server dies in the middle of it; everybody goes on, and it is started again."""
        self.service.kill()
        for each in self.tablets:
            self.work(each)
        self.check(tablet)
        self.service.start()

    def check(self, tablet: Tablet) -> None:
        """Fail if anything typed is neither on the server once nor on the device."""
        assert tablet.typed
        waiting = tablet.waiting()  # first, for what is acknowledged meanwhile is on the server by then
        wrong = tablet.typed.missing(stored(self.store, tablet.typed.form_id), waiting)
        assert not wrong, f"form {tablet.typed.form_id} of {tablet.who.name}: {'; '.join(wrong)}"

    def seal_and_go_on(self, tablet: Tablet) -> None:
        """Let the assessor fill what is missing, seal, and open the next form; what is sealed leaves the device."""
        sheet, typed = self._to_fill[tablet.who.id][0], tablet.typed
        assert typed
        tablet.hurry()
        tablet.settled()
        for competency_id in sheet.competencies:
            self._turn += 1
            tablet.type_note(competency_id, f"Note {self._turn:04} of {tablet.who.name}.")
            tablet.choose(f"rating-{competency_id}", str(self.rng.randint(1, 5)))
        tablet.choose("judgement", "competent")
        tablet.page.get_by_role("button", name="Seal the form").click()
        tablet.page.wait_for_url(f"{tablet.address}/centres/mine")
        assert tablet.waiting() == []
        self._filled.append(typed)
        rest = self._to_fill[tablet.who.id]
        if len(rest) > 1:
            rest.pop(0)
            tablet.open(Typed(form_id=rest[0].form_id))

    def wrong_at_the_end(self) -> Iterator[str]:
        """Yield whatever is not on the server exactly once, by form and by chain of operations."""
        for typed in self._filled:
            for wrong in typed.missing(stored(self.store, typed.form_id), ()):
                yield f"form {typed.form_id}: {wrong}"
        yield from broken_chains(self.store)

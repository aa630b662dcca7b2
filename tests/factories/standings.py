"""A person at every point of the path, and on both sides of every edge between two points."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from selection.core import clock
from selection.models.authorisations import Stop
from selection.models.people import Account, Staff
from selection.models.programmes import Programme
from selection.rules.calendar import NO_END
from selection.rules.eligibility import ActingRole
from selection.rules.path import Standing
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.factories import centres, chain, people, programmes

SELECTION, FUNDAMENTAL, PROGRAMME = Stage


def stop(
    session: Session,
    of: Staff,
    *,
    by: Account,
    kind: str = "suspension",
    programme: Programme | None = None,
    first: date | None = None,
    last: date = NO_END,
) -> Stop:
    """Return a stop, of all programmes and from today on unless said otherwise."""
    made = Stop(
        staff_id=of.id,
        programme_id=programme.id if programme else None,
        kind=kind,
        from_day=first or clock.today(),
        to_day=last,
        reason="A complaint is looked into.",
        decided_by_id=by.id,
        decided_at=clock.now(),
    )
    session.add(made)
    session.flush()
    return made


def population(session: Session) -> dict[str, Standing]:
    """Put everybody there; return where each of them stands today, by name."""
    made = _Population(session)
    made.before_selection()
    made.selected()
    made.authorised()
    made.lapsed()
    made.stopped()
    made.gone()
    return made.expected


class _Population:
    def __init__(self, session: Session) -> None:
        self.session = session
        self.expected: dict[str, Standing] = {}
        self.today, self.day = clock.today(), timedelta(days=1)
        self.lead = people.account(session, Role.TRAINING_LEAD, of=self.one("Lee Lead", Standing.NOT_PUT_FORWARD))
        self.chair = people.account(session, Role.COORDINATOR, of=self.one("Chris Chair", Standing.NOT_PUT_FORWARD))
        self.programme = programmes.programme(session)

    def one(self, name: str, standing: Standing, **given: Any) -> Staff:
        self.expected[name] = standing
        return people.staff(self.session, name, **given)

    def passed(self, name: str, standing: Standing, *stages: Stage, over: Stage | None = None, **days: date) -> Staff:
        """Somebody with certificates of the stages, and on the days of the stage that is `over`, if one is."""
        of = self.one(name, standing)
        for stage in stages:
            towards = self.programme if stage is PROGRAMME else None
            when = days if over in (None, stage) else {}
            chain.certificate(self.session, of, stage, programme=towards, by=self.lead, **when)
        return of

    def before_selection(self) -> None:
        session, chair = self.session, self.chair
        self.open_centre = centres.centre(session, chair=chair)
        standard = self.open_centre.standard
        closed = centres.centre(session, chair=chair, standard=standard, title="Autumn", closed_at=clock.now())
        self.one("New", Standing.NOT_PUT_FORWARD)
        centres.candidacy(session, self.open_centre, self.one("On a centre", Standing.CANDIDATE))
        centres.candidacy(session, closed, self.one("On a closed centre", Standing.NOT_PUT_FORWARD))
        refused = centres.candidacy(session, self.open_centre, self.one("Not yet selected", Standing.NOT_PUT_FORWARD))
        centres.decided(session, refused, by=chair, result="not_yet")
        again = self.one("On a second centre", Standing.CANDIDATE)
        centres.decided(session, centres.candidacy(session, closed, again), by=chair, result="deferred")
        centres.candidacy(session, self.open_centre, again)

    def selected(self) -> None:
        eve, morrow = self.today - self.day, self.today + self.day
        self.passed("Selected", Standing.SELECTED, SELECTION)
        candidate = self.passed("Selected candidate", Standing.SELECTED, SELECTION)
        centres.candidacy(self.session, self.open_centre, candidate)
        self.passed("Selected to come", Standing.NOT_PUT_FORWARD, SELECTION, first=morrow)
        self.passed("Selected from today", Standing.SELECTED, SELECTION, first=self.today)
        both = (SELECTION, FUNDAMENTAL)
        self.passed("Fundamental", Standing.FUNDAMENTAL, *both)
        self.passed("Fundamental alone", Standing.NOT_PUT_FORWARD, FUNDAMENTAL)
        self.passed("Fundamental over", Standing.SELECTED, *both, over=FUNDAMENTAL, last=eve)
        self.passed("Fundamental to today", Standing.FUNDAMENTAL, *both, over=FUNDAMENTAL, last=self.today)
        self.passed("A step left out", Standing.SELECTED, SELECTION, PROGRAMME)
        self.passed("Trained", Standing.TRAINED, *Stage)
        self.passed("Trained until yesterday", Standing.FUNDAMENTAL, *Stage, over=PROGRAMME, last=eve)

    def authorised(self) -> None:
        for name, standing, first, last in (
            ("Authorised", Standing.AUTHORISED, chain.FROM, chain.TO),
            ("Authorised to today", Standing.AUTHORISED, chain.FROM, self.today),
            ("Authorised to come", Standing.NOT_PUT_FORWARD, self.today + self.day, chain.TO),
            ("Authorised until yesterday", Standing.NOT_PUT_FORWARD, chain.FROM, self.today - self.day),
        ):
            person = self.one(name, standing)
            chain.authorised(self.session, person, self.programme, first=first, last=last, by=self.lead)

    def lapsed(self) -> None:
        """Authorised two years ago and a day, and without a day delivered since."""
        facilitator, manager = ActingRole.FACILITATOR, ActingRole.TREATMENT_MANAGER
        ago = self.today.replace(year=self.today.year - 2)
        for name, standing, first, roles in (
            ("Lapsed", Standing.LAPSED, ago - self.day, (facilitator,)),
            ("Lapses today", Standing.AUTHORISED, ago, (facilitator,)),
            ("Lapsed, and supervises", Standing.AUTHORISED, ago - self.day, (facilitator, manager)),
        ):
            person = self.one(name, standing)
            for role in roles:
                chain.authorised(self.session, person, self.programme, role, first=first, by=self.lead)

    def stopped(self) -> None:
        other = programmes.programme(self.session, "OTHER")
        today, eve, morrow = self.today, self.today - self.day, self.today + self.day
        for name, standing, first, last, of in (
            ("Stopped", Standing.STOPPED, today, NO_END, None),
            ("Stopped on one", Standing.STOPPED, today, NO_END, other),
            ("Stopped to today", Standing.STOPPED, eve, today, None),
            ("Stopped until yesterday", Standing.AUTHORISED, eve, eve, None),
            ("Stopped from tomorrow", Standing.AUTHORISED, morrow, NO_END, None),
        ):
            person = self.one(name, standing)
            chain.authorised(self.session, person, self.programme, by=self.lead)
            stop(self.session, person, by=self.lead, programme=of, first=first, last=last)

    def gone(self) -> None:
        left = self.one("Left yesterday", Standing.LEFT, left_on=self.today - self.day)
        chain.authorised(self.session, left, self.programme, by=self.lead)
        stop(self.session, left, by=self.lead)
        self.one("Leaves today", Standing.NOT_PUT_FORWARD, left_on=self.today)

"""Makes the demo, part after part, and says what was made."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from sqlalchemy import func, select

from selection.authorisation.delivered import as_fact
from selection.commands.demo import equality
from selection.commands.demo.centres import Centres
from selection.commands.demo.days import at, months_ago
from selection.commands.demo.delivered import in_the_room, record_sessions
from selection.commands.demo.drafts import draft_next_version
from selection.commands.demo.earlier import bring_along
from selection.commands.demo.grounds import cite_grounds
from selection.commands.demo.groups import Groups
from selection.commands.demo.history import History
from selection.commands.demo.logins import open_login_on_a_group, open_logins
from selection.commands.demo.marking import mark
from selection.commands.demo.people import RECORDS_BEGIN, areas, enter_everybody
from selection.commands.demo.places import Place
from selection.commands.demo.practice import Practices
from selection.commands.demo.refreshers import refresh
from selection.commands.demo.rights import grant
from selection.commands.demo.rows import Rows
from selection.commands.demo.runs import Runs
from selection.commands.demo.setting import People, Setting
from selection.commands.demo.sitting_in import let_a_trainee_sit_in
from selection.commands.demo.supervised import Supervised
from selection.commands.demo.tablets import put_tablets_out
from selection.commands.demo.training import Training
from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.authorisations import Authorisation, Certificate
from selection.models.centres import Candidacy, Centre
from selection.models.courses import Course
from selection.models.groups import Assignment, Group
from selection.models.people import Staff
from selection.models.programmes import Programme
from selection.models.sessions import GroupSession
from selection.models.standards import Standard
from selection.models.supervision import SupervisorRecord
from selection.models.trail import TrailEntry
from selection.models.training import Booking, Event
from selection.prescribed.facts import WHOLE, facts_of
from selection.rules.programmes import Stage


def has_staff() -> bool:
    """True if somebody is on the register."""
    return db.session.scalar(select(Staff.id).limit(1)) is not None


def before_it_all() -> datetime:
    """Return the moment from which the demo's service keeps its records."""
    return at(months_ago(clock.today(), RECORDS_BEGIN), 8)


def load(*, staff: int, seed: int, password: str) -> Iterator[str]:
    """Make the demo in the present transaction; each sentence says that a part of it is there."""
    places = areas(staff)
    setting = _setting(Random(seed), {area_id: place.name for area_id, place in places.items()})  # noqa: S311 - no secret
    people = enter_everybody(setting, staff, list(places))
    open_logins(setting, people, password)
    setting.rows.write()
    yield f"{_count(Staff)} staff in {len(places)} areas."
    Centres(setting, people).hold()
    put_tablets_out(setting)
    setting.rows.write()
    cite_grounds(setting)
    equality.answer(setting, people)
    setting.rows.write()
    yield f"{_count(Candidacy)} candidates at {_count(Centre)} assessment centres."
    training = Training(setting, people).hold()
    mark(training, setting, people)
    refresh(training, setting, people)
    setting.rows.write()
    yield f"{_count(Booking)} bookings on {_count(Event)} training events."
    bring_along(setting, people)
    grant(setting, people)
    setting.rows.write()
    yield f"{_count(Certificate)} certificates and {_count(Authorisation)} authorisations."
    _run_groups(setting, people, places)
    yield f"{_count(Assignment)} assignments to {_count(Group)} groups, {_count(GroupSession)} sessions."
    held = record_sessions(setting)
    Supervised(setting).run(held)
    setting.rows.write()
    yield f"{len(held):,} sessions held, {_count(SupervisorRecord)} records of supervisors."
    setting.history.hand_over(setting.rows, setting.actors)
    setting.rows.write()
    setting.rows.finish()
    draft = draft_next_version(setting)
    yield f"A draft of {draft.title}, version {draft.number}."
    yield f"{_count(TrailEntry)} entries on the trail; {setting.rows.written} rows in all."


def _run_groups(setting: Setting, people: People, places: dict[int, Place]) -> None:
    """Run the groups, with who delivers them, who has a login of those, and who sits in."""
    Groups(setting, people, Runs(setting, places)).run()
    setting.practices.delivered(in_the_room(setting))
    setting.practices.store()
    setting.rows.write()
    open_login_on_a_group(setting, people)
    let_a_trainee_sit_in(setting, people)
    setting.rows.write()


def _setting(rng: Random, area_names: dict[int, str]) -> Setting:
    """Return the reference data that the demo stands on; raises NotHere without a programme, standard or course."""
    programme = db.session.scalars(select(Programme).order_by(Programme.id).limit(1)).one_or_none()
    published = select(Standard).where(Standard.state == "published").order_by(Standard.published_at.desc()).limit(1)
    standard = db.session.scalars(published.options(*WHOLE)).one_or_none()
    courses = {course.stage: course for course in db.session.scalars(select(Course).order_by(Course.id.desc()))}
    if programme is None or not programme.editions or standard is None or len(courses) < 2:
        raise NotHere
    rows = Rows(db.session)
    return Setting(
        today=clock.today(),
        rng=rng,
        rows=rows,
        history=History(),
        programme=programme,
        edition=programme.newest,
        standard=standard,
        facts=facts_of(standard),
        fundamental=courses[Stage.FUNDAMENTAL],
        specific=courses[Stage.PROGRAMME],
        area_names=area_names,
        practices=Practices(rows, [as_fact(one) for one in programme.lapse_settings], clock.today()),
    )


def _count(table: type) -> str:
    return f"{db.session.scalar(select(func.count()).select_from(table)):,}"

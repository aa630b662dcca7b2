"""What changes programmes: a new edition is published, whole and for good."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.core.storing import refused_with
from selection.models.programmes import Edition, EditionModule, Module, Programme
from selection.prescribed.editions import terms_of
from selection.programmes.queries import modules_of
from selection.rules.editions import ModuleTerms, Terms, changes, reasons_against_edition
from selection.rules.programmes import Risk
from selection.rules.roles import Actor
from selection.trail.record import record


def publish(programme: Programme, terms: Terms, *, aims: Mapping[str, str], why: str, by: Actor) -> Edition:
    """Publish the terms as the programme's next edition; groups that are there keep theirs. Raises Refused.

    `aims` says of each module that no edition had yet, by its title, what it is for.
    """
    before = terms_of(programme.newest) if programme.editions else None
    known = modules_of(programme.id)
    terms = replace(terms, modules=tuple(_as_known(one, known) for one in terms.modules))
    if reasons := reasons_against_edition(terms, before, why):
        raise Refused(*reasons)
    numbers: dict[str, Any] = {key: value for key, value in asdict(terms).items() if key != "modules"}
    edition = Edition(programme_id=programme.id, number=len(programme.editions) + 1, **numbers, reason=why.strip())
    routes = {Risk(route.risk): route for route in programme.routes}
    with refused_with(tuple):
        db.session.add(edition)
        db.session.flush()
        for position, one in enumerate(terms.modules, start=1):
            module = known.get(one.title.casefold()) or _new_module(programme, one.title, aims.get(one.title, ""))
            part = EditionModule(edition_id=edition.id, programme_id=programme.id, position=position, module=module)
            part.sessions, part.session_minutes = one.sessions, one.minutes
            part.separate_closed_group = one.is_separate
            part.routes = [routes[risk] for risk in Risk if risk in one.routes and risk in routes]
            edition.modules.append(part)
        db.session.flush()
        edition.published_at, edition.published_by_id = clock.now(), by.account_id
    differs = changes(before, terms) if before else ()
    record(
        "edition.published",
        by=by,
        subject_id=programme.id,
        before={"changes": [f"{one.name}: {one.was}" for one in differs]} if before else None,
        after={"number": edition.number, "changes": [f"{one.name}: {one.now}" for one in differs]},
        reason=why.strip(),
    )
    return edition


def _as_known(one: ModuleTerms, known: Mapping[str, Module]) -> ModuleTerms:
    module = known.get(one.title.casefold())
    return replace(one, title=module.title) if module else one


def _new_module(programme: Programme, title: str, aim: str) -> Module:
    module = Module(programme_id=programme.id, title=title, aim=aim)
    db.session.add(module)
    db.session.flush()
    return module

"""The page of one's calendar links, and the feed behind each."""

from urllib.parse import urlsplit

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.calendars import actions, feed, queries
from selection.calendars.blueprint import bp
from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere
from selection.rules.roles import Permission
from selection.web.asked import number_in
from selection.web.forms import BaseForm
from selection.web.gate import open_to_all, requires, signed_in


@bp.get("/")
@requires(Permission.OWN_READ)
def index() -> ResponseReturnValue:
    """Show one's links, and the calendars to which one could be made."""
    by = signed_in()
    links = queries.links_of(by)
    linked = {link.group_id for link in links}
    groups = [] if by.staff_id is None else queries.groups_of(by, clock.today())
    return render_template(
        "calendars/index.html",
        links=links,
        offers_own=by.staff_id is not None and None not in linked,
        groups=[(group_id, reference) for group_id, reference in groups if group_id not in linked],
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.OWN_READ)
def new() -> ResponseReturnValue:
    """Make a link: to one's own calendar, or to that of a group. The address is shown this once."""
    group_id = number_in(request.args, "group_id")
    if group_id is not None and not queries.may_see(group_id, signed_in()):
        raise NotHere
    group = None if group_id is None else queries.group(group_id)
    form = BaseForm()
    if not form.validate_on_submit():
        return render_template("calendars/new.html", group=group, form=form)
    secret = actions.make(group_id, by=signed_in())
    db.session.commit()
    address = url_for(".read", secret=secret, _external=True)
    return render_template("calendars/made.html", group=group, address=address)


@bp.post("/links/<int:link_id>/revoke")
@requires(Permission.OWN_READ)
def revoke(link_id: int) -> ResponseReturnValue:
    """Let a link stop working."""
    if not BaseForm().validate_on_submit():
        abort(400)
    actions.revoke(link_id, by=signed_in())
    db.session.commit()
    flash("The link is revoked. Calendars that read it get nothing more.")
    return redirect(url_for(".index"))


@bp.get("/feed/<secret>.ics")
@open_to_all
def read(secret: str) -> ResponseReturnValue:
    """Give the calendar behind a secret link; whoever has the link reads it, and an unknown one leads nowhere."""
    found = queries.opened(actions.hashed(secret))
    if found is None:
        raise NotHere
    today, link = clock.today(), found.link
    if link.group is not None:
        title, appointments = f"Group {link.group.reference}", queries.of_group(link.group.id, today)
    elif found.by.staff_id is not None:
        title, appointments = "My groupwork", queries.of_person(found.by.staff_id, today)
    else:
        raise NotHere
    host = urlsplit(request.host_url).hostname or "localhost"
    body = feed.text(title, appointments, made_at=link.made_at, host=host)
    response = Response(body, mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response.add_etag()
    return response.make_conditional(request)

"""The group that a page of its sessions is about."""

from flask import request

from selection.groups import loading
from selection.models.groups import Group
from selection.rules.roles import Permission
from selection.web.gate import signed_in


def group_of_page(group_id: int) -> Group:
    """Return the group of the address: to read for whoever may change it, or, where something is sent, locked."""
    by = signed_in()
    writes = request.method == "POST"
    return loading.to_change(group_id, by=by) if writes else loading.to_read(group_id, Permission.GROUPS_WRITE, by=by)

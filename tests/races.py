"""Forms sent at the same moment, each by a browser and a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.pages import Browserlike

Sent = tuple[Browserlike, str, dict[str, object]]


def at_once(*requests: Sent) -> list[int]:
    """Send the forms at the same moment; return the statuses."""
    start = Barrier(len(requests))

    def send(request: Sent) -> int:
        browser, path, data = request
        start.wait()
        return browser.http.post(path, data=data).status_code

    with ThreadPoolExecutor(len(requests)) as pool:
        return list(pool.map(send, requests))


def one_wins(*requests: Sent) -> None:
    """Send the forms at the same moment: exactly one is carried out, the others are told why not."""
    statuses = at_once(*requests)
    assert (statuses.count(302), {*statuses} <= {200, 302, 409}) == (1, True), statuses

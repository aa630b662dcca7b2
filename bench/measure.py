"""Two sides measured by turns, so that whatever else the machine does falls on both."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter

from bench.browser import Browser, Request
from bench.serving import Server

Requests = Callable[[], Iterator[Request]]
"""Gives one request after another; what it does between two of them is not measured."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of the two: a browser, what it asks, and the status that must come back."""

    browser: Browser
    requests: Requests
    server: Server
    expect: int = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Effort:
    """How long to measure: at most `count` pairs, and no longer than so many seconds, after a warm-up."""

    count: int
    seconds: float
    warm_up: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """Milliseconds of both sides, by the clock (the middle of all) and of their workers' processors, and the bytes."""

    floor: float
    ours: float
    floor_p95: float
    ours_p95: float
    floor_cpu: float
    ours_cpu: float
    floor_bytes: int
    ours_bytes: int
    pairs: int

    @property
    def ratio(self) -> float:
        return self.ours / self.floor

    @property
    def processor_ratio(self) -> float:
        """The ratio of processor time, which the load of other programs sways less; PostgreSQL's own is not in it."""
        return self.ours_cpu / self.floor_cpu if self.floor_cpu else float("nan")


def by_turns(floor: Side, ours: Side, effort: Effort) -> Measured:
    """Measure the two by turns, each going first every other time."""
    sides = [(side, side.requests()) for side in (floor, ours)]
    seconds: tuple[list[float], list[float]] = ([], [])
    sent = [0, 0]
    spent = [side.server.processor() for side, _requests in sides]
    deadline = perf_counter() + effort.seconds
    for turn in range(-effort.warm_up, effort.count):
        for which in (0, 1) if turn % 2 else (1, 0):
            side, requests = sides[which]
            answer = side.browser.ask(next(requests), expect=side.expect)
            sent[which] = len(answer.body)
            if turn >= 0:
                seconds[which].append(answer.seconds * 1000)
        if turn >= 0 and perf_counter() > deadline:
            break
    asked = len(seconds[0]) + effort.warm_up
    spent = [(side.server.processor() - before) / asked for (side, _requests), before in zip(sides, spent, strict=True)]
    for _side, requests in sides:
        requests.close()  # type: ignore[attr-defined]
    return Measured(
        floor=median(seconds[0]),
        ours=median(seconds[1]),
        floor_p95=quantiles(seconds[0], n=20)[-1],
        ours_p95=quantiles(seconds[1], n=20)[-1],
        floor_cpu=spent[0] * 1000,
        ours_cpu=spent[1] * 1000,
        floor_bytes=sent[0],
        ours_bytes=sent[1],
        pairs=len(seconds[0]),
    )

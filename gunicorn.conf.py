"""How gunicorn serves the pages, wherever it is started from this folder: read once, shared by all workers.

The application is imported before the workers are forked, so that they share its memory and a restart costs one start,
not one a worker. Nothing of it is open by then: connections to the database are made when they are first needed. The
collector of garbage rests meanwhile, and does not go through what was imported again and again: none of it is garbage,
and to touch it would give every worker a copy of its own.

A worker takes several requests at once: most of the time that a change takes it waits, for the database and for the
disk, and alone it would keep whoever comes next waiting with it.
"""

import gc

from gunicorn.arbiter import Arbiter

preload_app = True
threads = 4
gc.disable()


def when_ready(_server: Arbiter) -> None:
    """Leave what was imported alone from now on, and collect what comes."""
    gc.collect()
    gc.freeze()
    gc.enable()

"""How long something takes, told so that other work on the machine disturbs it least."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def cpu_seconds(action: Callable[[], object], tries: int = 3) -> float:
    """Return the CPU time of the shortest of some tries, without the collection of garbage.

    A test process holds many objects, and looking through all of them can take longer than what is measured.
    """
    times = []
    for _ in range(tries):
        gc.collect()
        gc.disable()
        try:
            start = time.process_time()
            action()
            times.append(time.process_time() - start)
        finally:
            gc.enable()
    return min(times)

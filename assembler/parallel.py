"""merge on several processors: worth it from some thousand rows on."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from assembler.merge import Maker, Outcome, Task

# Tasks handed out at a time: enough to keep all busy, few enough to keep memory flat.
_BATCH = 512
_CHUNK = 16
_maker: list[Maker] = []


def merge_in_processes(
    make_maker: Callable[..., Maker],
    arguments: tuple[Any, ...],
    tasks: Iterable[Task],
    jobs: int,
) -> Iterator[Outcome]:
    """Make drafts in several processes.

    Args:
        make_maker: a module's function that opens template and data anew in each
            process.
        arguments: its arguments; they and the tasks are pickled.
        tasks: what is to be made.
        jobs: how many processes.

    Yields:
        What became of each row, in order.

    Raises:
        OutputError: a file cannot be written.
    """
    context = multiprocessing.get_context("spawn")
    waiting = iter(tasks)
    with context.Pool(jobs, _prepare, (make_maker, arguments)) as pool:
        while batch := list(islice(waiting, _BATCH)):
            yield from pool.map(_make, batch, _CHUNK)


def _prepare(make_maker: Callable[..., Maker], arguments: tuple[Any, ...]) -> None:
    _maker[:] = [make_maker(*arguments)]


def _make(task: Task) -> Outcome:
    return _maker[0].make(task)

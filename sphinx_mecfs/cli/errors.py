"""What a command says when it cannot do what it was asked: one sentence and a way on, never a traceback."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator


class Status(IntEnum):
    """What a command returns to the shell."""

    FINE = 0
    PROBLEMS = 1
    WRONG_USE = 2


class UserError(Exception):
    """What was asked cannot be done, for a reason that the user can do something about; `hint` says what."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@contextmanager
def told() -> Iterator[None]:
    """Say what went wrong on standard error and leave with the status for wrong use."""
    try:
        yield
    except UserError as error:
        sys.stderr.write(f"sphinx-mecfs: {error}\n")
        if error.hint:
            sys.stderr.write(f"  {error.hint}\n")
        raise typer.Exit(Status.WRONG_USE) from None
    except BrokenPipeError:
        # Whoever reads what is written, such as `head`, has had enough of it.
        sys.stderr.close()
        raise typer.Exit(Status.FINE) from None
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        sys.stderr.write(f"sphinx-mecfs: {place}{error.strerror or error}\n")
        raise typer.Exit(Status.WRONG_USE) from None

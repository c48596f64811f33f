"""The command `merge`: the data files of several bases as one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..errors import Status, UserError
from ..files import replace_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def merge(paths: Sequence[Path], out: Path | None) -> Status:
    """Write one data file; raises `UserError` where a file cannot be read, or two contradict each other."""
    from ...formats.merging import MergeError, merged

    try:
        text = merged([(str(path), path.read_bytes()) for path in paths])
    except OSError as error:
        message = f"{error.filename} cannot be read: {error.strerror}"
        raise UserError(message) from error
    except MergeError as error:
        raise UserError(str(error)) from error
    if out is None:
        sys.stdout.write(text)
    else:
        replace_file(out, text.encode())
    return Status.FINE

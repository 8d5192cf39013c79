"""Writing a file in one step: whoever reads sees the old one or the new one, never half of one."""

import os
import tempfile
import time
from pathlib import Path

PART = ".shared-orbits-part"  # the end of the name of a file that is being written
STALE_S = 60  # after this long its writer has died


def replace(path, content):
    """Write content (bytes) beside path, then put it in the place of path.

    What writers that died have left in this folder is removed. Raises OSError as the disk does,
    and then path is as it was.
    """
    path = Path(path)
    _sweep(path.parent)
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=PART)
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _sweep(folder):
    for part in folder.glob(f".*{PART}"):
        try:
            if time.time() - part.stat().st_mtime > STALE_S:
                part.unlink()
        except OSError:
            continue  # another writer took it away, or it is not ours to remove

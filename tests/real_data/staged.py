"""Where the real open data lies, if it does: beside the checkout, or where SHARED_DATA says."""

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"
STAGED = Path(os.environ.get("SHARED_DATA", _BESIDE))


def staged(name: str) -> Path:
    """The staged file or folder, or a skipped test that says what is missing."""
    if not (STAGED / name).exists():
        pytest.skip(f"../shared/data/{name} is not here")
    return STAGED / name

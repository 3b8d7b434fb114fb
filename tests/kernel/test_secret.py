"""The embedded portal makes its secret once, however many of its processes start at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.core.exceptions import ImproperlyConfigured

from advocacy.kernel import secret

TOGETHER = 8


def keys_of_a_first_start(path: Path) -> set[str]:
    """The keys that processes starting at the same moment would use."""
    ready = Barrier(TOGETHER)

    def start(_: int) -> str:
        ready.wait()
        return secret.kept_in(path, embedded=True)

    with ThreadPoolExecutor(TOGETHER) as pool:
        return set(pool.map(start, range(TOGETHER)))


def test_those_who_start_together_share_one_whole_key(tmp_path: Path):
    for first_start in range(50):
        keys = keys_of_a_first_start(tmp_path / str(first_start))

        assert len(keys) == 1
        assert len(keys.pop()) > 50


def test_the_key_stays_and_only_its_owner_may_read_it(tmp_path: Path):
    made = secret.kept_in(tmp_path / "key", embedded=True)

    assert secret.kept_in(tmp_path / "key", embedded=True) == made
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_production_installation_brings_its_own(tmp_path: Path):
    with pytest.raises(ImproperlyConfigured, match="Set SECRET_KEY"):
        secret.kept_in(tmp_path / "key", embedded=False)

    assert not (tmp_path / "key").exists()

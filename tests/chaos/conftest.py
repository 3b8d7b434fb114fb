"""Chaos runs work on a database that other processes see."""

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def database_of_several_processes(request: pytest.FixtureRequest) -> None:
    is_in_memory = connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"])
    if is_in_memory and request.node.get_closest_marker("django_db"):
        pytest.skip("the tests before this keep their database in memory: run pytest -m chaos by itself")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if connection.vendor == "sqlite":
        name = tmp_path_factory.mktemp("chaos") / "portal.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(name)

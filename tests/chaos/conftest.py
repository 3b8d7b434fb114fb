"""Chaos runs work on a database that other processes see."""

import pytest
from django.db import connection


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if connection.vendor == "sqlite":
        name = tmp_path_factory.mktemp("chaos") / "portal.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(name)

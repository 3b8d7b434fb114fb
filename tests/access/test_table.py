"""Every address of the portal stands in the access table, and the table names nothing that is not there."""

from tests.access.addresses import declared_names
from tests.access.table import TABLE


def test_every_address_is_declared_in_the_access_table():
    assert sorted(declared_names() - TABLE.keys()) == []


def test_every_entry_of_the_access_table_has_an_address():
    assert sorted(TABLE.keys() - declared_names()) == []

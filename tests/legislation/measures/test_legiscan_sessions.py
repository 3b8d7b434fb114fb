"""One session is one row, whichever of two sources names it."""

import pytest

from legislation.models.session import SessionKind
from legislation.sources.measures.legiscan_sessions import (
    NamedSession,
    of_folder,
    session_before,
    session_fact,
)


@pytest.mark.parametrize(
    ("state", "years", "identifier"),
    [
        ("MI", (2025, 2026), "2025-2026"),
        ("NY", (2025, 2026), "2025-2026"),
        ("WY", (2026, 2026), "2026"),
        ("FL", (2026, 2026), "2026"),
        ("US", (2025, 2026), "119"),
        ("US", (2027, 2028), "120"),
        ("TX", (2023, 2024), "88"),
        ("OH", (2023, 2024), "135"),
        ("NE", (2023, 2024), "108"),
        ("TN", (2023, 2024), "113"),
        ("NJ", (2024, 2025), "221"),
        ("NV", (2023, 2023), "82"),
        ("ME", (2023, 2024), "131"),
        ("MA", (2021, 2022), "192nd"),
        ("IL", (2023, 2024), "103rd"),
        ("IL", (2039, 2040), "111th"),
        ("CA", (2023, 2024), "20232024"),
        ("GA", (2025, 2026), "2025_26"),
        ("NC", (2021, 2022), "2021"),
        ("WI", (2021, 2022), "2021"),
        ("AL", (2025, 2025), "2025rs"),
        ("KY", (2024, 2024), "2024RS"),
        ("OR", (2022, 2022), "2022R1"),
        ("HI", (2023, 2023), "2023 Regular Session"),
        ("AK", (2023, 2024), "33"),
        ("CO", (2024, 2024), "2024A"),
        ("DC", (2021, 2022), "24"),
        ("DE", (2019, 2020), "150"),
        ("ND", (2027, 2028), "70"),
        ("AZ", (2021, 2021), "55th-1st-regular"),
        ("AZ", (2022, 2022), "55th-2nd-regular"),
    ],
)
def test_a_regular_session_has_the_short_name_open_states_gives_it(state, years, identifier):
    found = session_fact(NamedSession(state, years, "Regular Session", is_special=False))

    assert (found.identifier, found.kind) == (identifier, SessionKind.REGULAR)


@pytest.mark.parametrize(
    ("state", "years", "title", "identifier"),
    [
        ("AL", (2019, 2019), "2019 First Special Session", "2019fs"),
        ("AR", (2020, 2020), "2020 1st Extraordinary Session", "2020S1"),
        ("TX", (2023, 2024), "88th Legislature 2nd Special Session", "882"),
        ("TX", (2023, 2024), "88th Legislature 1st Called Session", "881"),
        ("OK", (2020, 2020), "2020 First Special Session", "2020SS1"),
        ("VA", (2019, 2019), "2019 1st Special Session", "2019specialI"),
        ("AZ", (2021, 2021), "55th Legislature 1st Special Session", "55th-1st-special"),
        ("CO", (2023, 2023), "2023 First Extraordinary Session", "2023B"),
        ("CO", (2024, 2024), "2024 2nd Special Session", "2024C"),
        ("OR", (2020, 2020), "2020 3rd Special Session", "2020S3"),
    ],
)
def test_a_special_session_is_told_by_its_number(state, years, title, identifier):
    found = session_fact(NamedSession(state, years, title, is_special=True))

    assert (found.identifier, found.kind) == (identifier, SessionKind.SPECIAL)


def test_special_sessions_without_a_number_never_share_a_short_name():
    january, october = (
        session_fact(NamedSession("WI", (2021, 2021), f"{month} 2021 Special Session", is_special=True))
        for month in ("January", "October")
    )

    assert (january.identifier, october.identifier) == (
        "January 2021 Special Session",
        "October 2021 Special Session",
    )


def test_a_fiscal_session_is_not_the_regular_one():
    found = session_fact(NamedSession("AR", (2020, 2020), "2020 Fiscal Session", is_special=False))

    assert found.identifier == "2020F"


def test_the_folder_of_a_dataset_names_the_session():
    assert of_folder("MI", "2025-2026") == NamedSession("MI", (2025, 2026), "", False)
    assert of_folder("OH", "2025-2026_136th_General_Assembly") == NamedSession(
        "OH", (2025, 2026), "136th General Assembly", False
    )
    assert of_folder("CO", "2025-2025_1st_Special_Session") == NamedSession(
        "CO", (2025, 2025), "1st Special Session", True
    )
    assert of_folder("MI", "csv") is None


def test_only_where_a_legislature_sits_by_the_year_is_the_session_before_certain():
    virginia = NamedSession("VA", (2025, 2025), "2025 Regular Session", is_special=False)

    before = session_before(virginia)

    assert before is not None
    assert (before.identifier, before.name) == ("2024", "2024 Regular Session")
    assert session_before(virginia._replace(is_special=True)) is None
    assert session_before(virginia._replace(years=(2025, 2026))) is None
    assert session_before(virginia._replace(state="AZ")) is None

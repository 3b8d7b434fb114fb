"""Measures and the calendar of their hearings: public record, open to everybody with a role."""

from tests.access import oracle
from tests.access.page import Listing, Page

MEASURE_PAGES = [
    Page("legislation:measure_list"),
    Page("legislation:measure_detail", of="measure"),
    Page(
        "legislation:hearing_list",
        lists=Listing("hearing", oracle.has_a_role, r'href="/officials/hearings/(\d+)/"'),
    ),
    Page("legislation:hearing_detail", of="hearing"),
    Page("legislation:hearing_file", of="hearing"),
]

"""How quick the log's pages are with ten years of it, against an empty page through the same stack.

    .venv/bin/python -m benchmarks.log_at_scale                         # SQLite in a temporary folder
    .venv/bin/python -m benchmarks.log_at_scale 20000                   # fewer contacts, for a quick look
    DATABASE_URL=postgres://… .venv/bin/python -m benchmarks.log_at_scale   # makes and drops a test database

Prints for each page its queries, the median of 15 requests, and the ratio to the empty page; then how long the
export of 100,000 rows takes and how much more memory it needs than the export of 1,000.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
from types import ModuleType

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
if "DATABASE_URL" not in os.environ:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portal-benchmark-")

import django

django.setup()

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings, setup_test_environment
from django.urls import include, path, reverse

from advocacy.accounts.models import User
from advocacy.interactions.models import Interaction
from benchmarks.world_at_scale import World, build, table_counts

REPEATS = 15
MOST_TIMES_AN_EMPTY_PAGE = 10
EMPTY = "/empty/"


def empty_page(request: HttpRequest) -> HttpResponse:
    """Everything that every page does, and nothing else."""
    return render(request, "base.html")


def with_an_empty_page() -> ModuleType:
    urls = ModuleType("benchmarks_urls")
    urls.urlpatterns = [path(EMPTY.strip("/") + "/", empty_page), path("", include("advocacy.urls"))]  # type: ignore[attr-defined]
    sys.modules["benchmarks_urls"] = urls
    return urls


def pages(world: World) -> dict[str, str]:
    log = reverse("interactions:interaction_list")
    filters = f"chapter={world.chapter.pk}&kind=phone_call&since=2025-01-01"
    return {
        "directory search": f"{reverse('legislation:official_list')}?q=reyes+house",
        "log, no filter": log,
        "log, three filters": f"{log}?{filters}",
        "log, free text": f"{log}?q=broadband+77",
        "official profile": world.official.get_absolute_url(),
        "chapter page": world.chapter.get_absolute_url(),
        "home": reverse("portal:home"),
        "follow-ups": reverse("interactions:followup_list"),
    }


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def took_ms(client: Client, address: str) -> float:
    began = time.perf_counter()
    status = client.get(address).status_code
    assert status == 200, (address, status)
    return (time.perf_counter() - began) * 1000


def beside_the_empty_page(client: Client, address: str) -> tuple[float, float]:
    """Median milliseconds and median ratio; each request is paired with one of the empty page, so that a busy
    machine slows both.
    """
    client.get(address)
    pairs = [(took_ms(client, address), took_ms(client, EMPTY)) for _ in range(REPEATS)]
    return statistics.median(page for page, _ in pairs), statistics.median(
        page / empty for page, empty in pairs
    )


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


def measure_pages(world: World) -> None:
    for name, person in (("advocate", world.advocate), ("lead", world.lead)):
        client = signed_in(person)
        print(f"\n{name:<22}{'queries':>8}{'ms':>10}{'× empty':>10}")
        for page, address in ({"empty page": EMPTY} | pages(world)).items():
            took, ratio = beside_the_empty_page(client, address)
            mark = "  over the goal" if ratio > MOST_TIMES_AN_EMPTY_PAGE else ""
            print(f"{page:<22}{queries(client, address):>8}{took:>10.1f}{ratio:>10.1f}{mark}", flush=True)


def export_rows(client: Client, rows: int) -> tuple[int, float]:
    """How many rows came, and in how many seconds; stops reading after `rows`."""
    began, seen = time.perf_counter(), 0
    answer = client.get(reverse("interactions:interaction_export", args=["csv"]))
    for _line in answer.streaming_content:
        seen += 1
        if seen >= rows:
            break
    answer.close()
    return seen, time.perf_counter() - began


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_export(world: World) -> None:
    client = signed_in(world.lead)
    export_rows(client, 1_000)
    before = peak_mb()
    rows, seconds = export_rows(client, 100_000)
    grown = peak_mb() - before
    print(f"\nexport: {rows:,} rows in {seconds:.1f} s, peak memory +{grown:.0f} MB over 1,000 rows")


def main() -> None:
    setup_test_environment()
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        began = time.perf_counter()
        world = build(contacts=int(sys.argv[1])) if len(sys.argv) > 1 else build()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for person in (world.lead, world.staff):
            TOTP.activate(person, generate_totp_secret())
        print(f"{connection.vendor}: {table_counts()} built in {time.perf_counter() - began:.0f} s")
        print(f"the advocate reads {Interaction.objects.visible_to(world.advocate).count():,} contacts")
        with_an_empty_page()
        with override_settings(ROOT_URLCONF="benchmarks_urls", ALLOWED_HOSTS=["testserver"]):
            measure_pages(world)
            measure_export(world)
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)


if __name__ == "__main__":
    main()

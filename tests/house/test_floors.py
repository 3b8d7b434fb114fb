"""The drawing of the house holds: who may import whom, whose tables point where, what is written down."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

BASE = Path(__file__).resolve().parents[2]
# From the ground up; apps on one floor do not point at each other.
FLOORS = [
    {"kernel"},
    {"accounts"},
    {"audit", "outbox", "jobs"},
    {"legislation"},
    {"members"},
    {"taskforce"},
    {"positions"},
    {"interactions"},
    {"coalitions"},
    {"research"},
    {"campaigns"},
    {"events"},
    {"reports"},
    {"portal"},
    {"api"},
]
FLOOR_OF = {label: height for height, labels in enumerate(FLOORS) for label in labels}


def ours() -> list[AppConfig]:
    return [
        config
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(BASE) and ".venv" not in config.path
    ]


def points_up(from_label: str, to_label: str) -> bool:
    """Does the first app's table stand on the second's, though that is not below it?"""
    if from_label == to_label or to_label not in FLOOR_OF:
        return False
    return FLOOR_OF[to_label] >= FLOOR_OF[from_label]


def relations(config: AppConfig) -> Iterator[tuple[str, str]]:
    for model in config.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            if isinstance(field, models.ForeignKey | models.ManyToManyField):
                yield f"{model._meta.label}.{field.name}", field.related_model._meta.app_label


def test_every_app_of_ours_has_its_floor():
    assert {config.label for config in ours()} == set(FLOOR_OF)


def test_no_table_points_up():
    wrong = [
        f"{field} points up at {target}"
        for config in ours()
        for field, target in relations(config)
        if points_up(config.label, target)
    ]

    assert wrong == []


def test_no_migration_leans_on_a_floor_above():
    graph = MigrationLoader(None).disk_migrations
    wrong = [
        f"{label}.{name} depends on {target}"
        for (label, name), migration in graph.items()
        if label in FLOOR_OF
        for target, _ in migration.dependencies
        if points_up(label, target)
    ]

    assert wrong == []


def test_the_net_would_catch_a_table_that_points_up_or_across():
    assert points_up("legislation", "members")
    assert points_up("jobs", "outbox")
    assert not points_up("members", "legislation")
    assert not points_up("members", "auth")


def test_apps_import_only_what_stands_below_them():
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([lint, "--no-cache"], cwd=BASE, capture_output=True, text=True)

    assert run.returncode == 0, run.stdout


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_pins_name_no_address_and_every_pin_has_a_hash(name: str):
    pins = (BASE / name).read_text()
    entries = re.split(r"\n(?=[a-z0-9])", pins)

    assert "://" not in pins
    assert [entry.split()[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


def test_the_development_set_contains_the_runtime_set_with_the_same_pins():
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[\w.\[\]-]+==[^ ;\\]+", (BASE / name).read_text(), re.MULTILINE))

    assert pins("requirements.txt") - pins("requirements-dev.txt") == set()


def tracked_texts() -> Iterator[tuple[str, str]]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=BASE, capture_output=True, text=True)
    names = [name for name in listing.stdout.split("\0") if name and (BASE / name).is_file()]
    if listing.returncode or not names:
        pytest.skip("not a git checkout with tracked files")
    for name in names:
        try:
            yield name, (BASE / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_no_tracked_file_names_a_machine_or_a_registry():
    words = ["/ro" + "ot/", "/wo" + "rk/", "/ho" + "me/", "py" + "pi.org", "pythonhos" + "ted", "npm" + "js"]

    wrong = [f"{name}: {word}" for name, text in tracked_texts() for word in words if word in text]

    assert wrong == []


def test_no_tracked_file_postpones_its_work():
    words = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "coming" + " soon"]

    wrong = [f"{name}: {word}" for name, text in tracked_texts() for word in words if word in text]

    assert wrong == []


def test_people_advocate_in_our_texts():
    """The word with L has a meaning in law; the interface says what people do."""
    word = re.compile("lob" + "by(?!ist)", re.IGNORECASE)
    shown = [(name, text) for name, text in tracked_texts() if name.startswith(("templates/", "locale/"))]

    assert [name for name, text in shown if word.search(text)] == []

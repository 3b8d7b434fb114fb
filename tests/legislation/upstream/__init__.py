"""Small excerpts in the formats of upstream, written by hand about people who do not exist."""

import gzip
import io
import shutil
import tarfile
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
CONGRESS, STATES, CANADA = HERE / "congress", HERE / "openstates", HERE / "canada"
ALBA = "legislature/Alba-Ferrante-11111111-1111-4111-8111-111111111111.yml"
BAO = "legislature/Bao-Nguyen-22222222-2222-4222-8222-222222222222.yml"
CY = "legislature/Cy-Marlowe-33333333-3333-4333-8333-333333333333.yml"
PUBLIC_HEALTH = "committees/lower-Public-Health-77777777-7777-4777-8777-777777777777.yml"


def copy_of(source: Path, target: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(source, target / source.name, ignore=shutil.ignore_patterns("__pycache__")))


def rewrite(path: Path, change: Any) -> None:
    """Load a YAML file, let `change` alter what it holds, and write it back."""
    content = yaml.safe_load(path.read_text())
    path.write_text(yaml.safe_dump(change(content) or content, allow_unicode=True, sort_keys=False))


def texas(folder: Path) -> Path:
    return folder / "data" / "tx"


def archive(folder: Path, target: Path) -> Path:
    """The state folder as upstream's archives hold it."""
    with tarfile.open(target, "w:gz") as opened:
        opened.add(texas(folder), "data/tx")
    return target


def compressed(path: Path, target: Path) -> Path:
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb") as opened:
        opened.write(path.read_bytes())
    target.write_bytes(buffer.getvalue())
    return target

"""`manage.py` on a machine that has Python and nothing else.

Stands in for the real set-up with a Django of three lines in a wheel of our own, so that nothing is fetched.
"""

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.apart

MANAGE = Path(__file__).resolve().parents[2] / "manage.py"
# The interpreter below any environment: it has no Django.
BARE_PYTHON = str(Path(sys.base_prefix, "bin", "python3"))
DJANGO = """
import sys

def execute_from_command_line(argv):
    print("Django runs", *argv[1:], "in", sys.prefix)
"""


def wheel(folder: Path, name: str, files: dict[str, str]) -> str:
    """Build a wheel; the answer is its line in a requirements file."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    files = files | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{file},,\n" for file in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(path, "w") as archive:
        for file, text in files.items():
            archive.writestr(file, text)
    return f"./{path.name} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh clone whose requirements are Django alone, and for tests one package more."""
    (tmp_path / "manage.py").write_text(MANAGE.read_text())
    django = wheel(
        tmp_path, "django", {"django/__init__.py": "", "django/core/management/__init__.py": DJANGO}
    )
    extra = wheel(tmp_path, "extra", {"extra.py": ""})
    (tmp_path / "requirements.txt").write_text(django)
    (tmp_path / "requirements-dev.txt").write_text(django + extra)
    return tmp_path


def environment(clone: Path, *, with_uv: bool = False, **variables: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    path = os.environ["PATH"] if with_uv else "/usr/bin:/bin"
    offline = {
        "PIP_NO_INDEX": "1",
        "UV_OFFLINE": "1",
        "UV_NO_INDEX": "1",
        "UV_CACHE_DIR": str(clone / "cache"),
    }
    return kept | offline | {"PATH": path, "PYTHONNOUSERSITE": "1"} | variables


def start(
    clone: Path, *arguments: str, env: dict[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    command = [BARE_PYTHON, "manage.py", *arguments]
    return subprocess.run(command, cwd=clone, env=env or environment(clone), capture_output=True, text=True)


def pretend(clone: Path, code: str) -> dict[str, str]:
    """An environment whose Python runs `code` before anything else."""
    (clone / "pretend").mkdir()
    (clone / "pretend" / "sitecustomize.py").write_text(code)
    return environment(clone, PYTHONPATH=str(clone / "pretend"))


@pytest.mark.parametrize("with_uv", [False, True])
def test_the_first_start_sets_up_and_the_second_goes_straight_on(clone: Path, with_uv: bool):
    env = environment(clone, with_uv=with_uv)

    first = start(clone, "portal", "--port", "81", env=env)
    second = start(clone, "portal", "--port", "81", env=env)

    runs = f"Django runs portal --port 81 in {clone / '.venv'}\n"
    announced = "Setting up .venv from requirements.txt: about a minute, only this once.\n"
    assert (first.stdout, second.stdout, first.stderr) == (announced + runs, runs, "")


def test_test_adds_to_the_environment_and_portal_does_not_take_away(clone: Path):
    start(clone, "portal")
    marker = clone / ".venv" / "kept"
    marker.touch()

    added = start(clone, "test")
    portal, again = start(clone, "portal"), start(clone, "test")

    assert "Setting up .venv from requirements-dev.txt" in added.stdout
    assert [run.stdout.count("Setting up") for run in (portal, again)] == [0, 0]
    assert marker.exists()


def test_changed_pins_are_installed_at_the_next_start(clone: Path):
    start(clone, "portal")
    with (clone / "requirements.txt").open("a") as file:
        file.write("# a new pin\n")

    assert "Setting up" in start(clone, "portal").stdout
    assert "Setting up" not in start(clone, "portal").stdout


def test_an_interrupted_set_up_is_begun_anew(clone: Path):
    start(clone, "portal")
    stamp = clone / ".venv" / "portal-stamp"
    stamp.write_text(stamp.read_text().splitlines()[0] + "\n")
    leftover = clone / ".venv" / "half-written"
    leftover.touch()

    run = start(clone, "portal")

    assert run.stdout.endswith(f"Django runs portal in {clone / '.venv'}\n")
    assert not leftover.exists()


def test_two_first_starts_at_once_share_one_set_up(clone: Path):
    both = [
        subprocess.Popen(
            [BARE_PYTHON, "manage.py", "portal"],
            cwd=clone,
            env=environment(clone),
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    outputs = [process.communicate()[0] for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert "".join(outputs).count("Setting up") == 1
    assert "".join(outputs).count("Django runs portal") == 2


def test_a_missing_venv_package_is_named(clone: Path):
    run = start(clone, "portal", env=pretend(clone, "import sys; sys.modules['ensurepip'] = None"))

    assert run.returncode == 1
    assert "sudo apt install python3-venv" in run.stderr


def test_an_old_python_is_told_so(clone: Path):
    run = start(clone, "portal", env=pretend(clone, "import sys; sys.version_info = (3, 9, 2)"))

    assert run.returncode == 1
    assert "needs Python 3.11 or newer" in run.stderr


def test_packages_that_cannot_be_installed_end_in_a_sentence_and_the_next_start_tries_again(clone: Path):
    pins = (clone / "requirements.txt").read_text()
    (clone / "requirements.txt").write_text(pins.replace("sha256:", "sha256:0")[:-2] + "\n")
    failed = start(clone, "portal")
    (clone / "requirements.txt").write_text(pins)

    assert failed.returncode == 1
    assert "The packages could not be installed" in failed.stderr
    assert "Django runs portal" in start(clone, "portal").stdout

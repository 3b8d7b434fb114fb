#!/usr/bin/env python3
"""Start here: `python3 manage.py portal` runs the portal, `python3 manage.py test` checks it.

Needs Python and nothing else. Where the packages of the portal can already be imported (an active
environment, a container) it hands over to Django at once. Otherwise it first makes `.venv` beside
this file from the pinned and hashed requirements, remembers that in a stamp, and continues inside.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit(
        f"The portal needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}.\n"
        "Install a newer Python and start with it, for example: python3.13 manage.py portal"
    )

BASE = Path(__file__).resolve().parent
ENVIRONMENT = BASE / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# The first line names the Python the environment was made with; each further line is a requirements
# file it satisfies. No further line: a set-up was interrupted here.
STAMP = ENVIRONMENT / "portal-stamp"
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def main() -> None:
    wanted = BASE / ("requirements-dev.txt" if sys.argv[1:2] == ["test"] else "requirements.txt")
    in_our_environment = Path(sys.prefix) == ENVIRONMENT and STAMP.exists()
    if not (is_stamped(wanted) if in_our_environment else can_import(wanted)):
        if not is_stamped(wanted):
            with alone():
                if not is_stamped(wanted):
                    set_up(wanted)
        continue_inside()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "advocacy.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def can_import(wanted: Path) -> bool:
    """Does this Python bring our very Django, and what stands here for the other requirements?"""
    modules = ["django", "allauth", "celery", "environ", "waitress"]
    if wanted.name == "requirements-dev.txt":
        modules += ["importlinter", "mypy", "playwright", "pytest"]
    if not all(find_spec(name) for name in modules):
        return False
    import django

    return f"\ndjango=={django.__version__} " in wanted.read_text(encoding="utf-8")


def stamp() -> "list[str]":
    return STAMP.read_text(encoding="utf-8").splitlines() if STAMP.exists() else []


def is_stamped(wanted: Path) -> bool:
    return PYTHON.exists() and stamp()[:1] == [VERSION] and digest(wanted) in stamp()


def digest(requirements: Path) -> str:
    return f"{requirements.name} {hashlib.sha256(requirements.read_bytes()).hexdigest()}"


def alone():
    """An open file; others wait while it is open, and however we end, the lock ends with us."""
    (BASE / "var").mkdir(exist_ok=True)
    file = (BASE / "var" / "setup.lock").open("w")
    if find_spec("fcntl"):  # Windows has none: two first starts at once are not guarded there
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another start is setting up the environment; waiting for it.", flush=True)
            fcntl.flock(file, fcntl.LOCK_EX)
    return file


def set_up(wanted: Path) -> None:
    """Add what `wanted` lists to the environment; begin anew where an earlier one cannot be trusted."""
    anew = bool(stamp()) and (stamp()[0] != VERSION or len(stamp()) == 1)
    print(f"Setting up .venv from {wanted.name}: about a minute, only this once.", flush=True)
    if not (set_up_with_uv(wanted, anew) or set_up_with_pip(wanted, anew)):
        sys.exit("The packages could not be installed; the lines above say why. Start again to retry.")
    # The development set contains the runtime set, with the same pins.
    satisfied = {wanted, BASE / "requirements.txt"}
    STAMP.write_text("\n".join([VERSION, *map(digest, sorted(satisfied))]) + "\n", encoding="utf-8")


def set_up_with_uv(wanted: Path, anew: bool) -> bool:
    uv = shutil.which("uv")
    if not uv:
        return False
    how = "--clear" if anew else "--allow-existing"
    make = [uv, "venv", "--quiet", "--no-python-downloads", how, "--python", sys.executable, ENVIRONMENT]
    fill = [uv, "pip", "install", "--quiet", "--require-hashes", "--python", PYTHON, "-r", wanted]
    return succeeds(make) and install(fill)


def set_up_with_pip(wanted: Path, anew: bool) -> bool:
    if not find_spec("ensurepip"):
        sys.exit(
            "This Python cannot make an environment: its venv package is missing.\n"
            f"On Debian or Ubuntu: sudo apt install python3-venv (or python{VERSION}-venv). Then start again."
        )
    make = [sys.executable, "-m", "venv", *(["--clear"] if anew else []), ENVIRONMENT]
    quietly = ["--quiet", "--quiet", "--no-input", "--disable-pip-version-check"]
    fill = [PYTHON, "-m", "pip", "install", *quietly, "--require-hashes", "-r", wanted]
    return succeeds(make) and install(fill)


def install(command: list) -> bool:
    STAMP.write_text(f"{VERSION}\n", encoding="utf-8")
    return succeeds(command)


def succeeds(command: list) -> bool:
    return subprocess.run([str(part) for part in command]).returncode == 0


def continue_inside() -> None:
    command = [str(PYTHON), str(BASE / "manage.py"), *sys.argv[1:]]
    if os.name == "nt":  # there exec would return to the shell before we are done
        sys.exit(subprocess.run(command).returncode)
    os.execv(PYTHON, command)


if __name__ == "__main__":
    main()

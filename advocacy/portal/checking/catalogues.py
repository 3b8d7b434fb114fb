"""Is the French catalogue complete, and is what the portal loads (.mo) what translators wrote (.po)?"""

import ast
import gettext
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from advocacy.portal.checking.outcomes import Outcome, Verdict
from advocacy.portal.checking.programs import module, plain_environment, run

SOURCES = ("advocacy", "legislation", "members", "campaigns", "templates", "locale")
CATALOGUE = Path("locale/fr/LC_MESSAGES/django.po")
# Between context and text, as in compiled catalogues.
CONTEXT_ENDS = "\x04"
_KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? (".*")')


@dataclass
class Entry:
    """One message of a .po file, with its translations by plural form."""

    texts: dict[str, str] = field(default_factory=dict)
    is_fuzzy: bool = False

    @property
    def key(self) -> str:
        context = self.texts.get("msgctxt")
        return self.texts["msgid"] if context is None else context + CONTEXT_ENDS + self.texts["msgid"]

    @property
    def translations(self) -> dict[int, str]:
        return {int(name[6:] or 0): text for name, text in self.texts.items() if name.startswith("msgstr")}

    @property
    def is_translated(self) -> bool:
        return not self.is_fuzzy and all(self.translations.values())

    def compiled(self) -> dict[str | tuple[str, int], str]:
        if "msgid_plural" in self.texts:
            return {(self.key, form): text for form, text in self.translations.items()}
        return {self.key: self.translations[0]}


def read_po(path: Path) -> Iterator[Entry]:
    """The entries in use: obsolete ones and the header are passed over."""
    for block in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        entry, last = Entry(), ""
        for line in block.splitlines():
            if line.startswith("#,") and "fuzzy" in line:
                entry.is_fuzzy = True
            elif match := _KEYWORD.fullmatch(line.strip()):
                last = match[1] + (match[2] or "")
                entry.texts[last] = ast.literal_eval(match[3])
            elif line.startswith('"'):
                entry.texts[last] += ast.literal_eval(line)
        if entry.texts.get("msgid"):
            yield entry


def read_mo(path: Path) -> dict[str | tuple[str, int], str]:
    with path.open("rb") as file:
        catalogue: dict[str | tuple[str, int], str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]  # the only reader there is
    return {key: text for key, text in catalogue.items() if key != ""}


def untranslated(path: Path) -> list[str]:
    return [entry.texts["msgid"] for entry in read_po(path) if not entry.is_translated]


def stale(po: Path) -> list[str]:
    """Messages whose compiled translation differs from the written one."""
    mo = po.with_suffix(".mo")
    if not mo.exists():
        return [f"{mo.name} is missing"]
    written: dict[str | tuple[str, int], str] = {}
    for entry in read_po(po):
        if entry.is_translated:
            written |= entry.compiled()
    compiled = read_mo(mo)
    return sorted(
        str(key) for key in written.keys() | compiled.keys() if written.get(key) != compiled.get(key)
    )


def missing_from_sources(base: Path, var_dir: Path) -> list[str]:
    """What a fresh collection of the sources' messages finds untranslated."""
    with tempfile.TemporaryDirectory() as copy:
        for name in SOURCES:
            shutil.copytree(base / name, Path(copy, name), ignore=shutil.ignore_patterns("__pycache__"))
        # Without settings, so that Django works on the copy's own `locale` folder.
        collect = module("django", "makemessages", "--locale", "fr", "--no-obsolete", "--no-wrap")
        ended = run(collect, cwd=Path(copy), env=plain_environment(var_dir))
        if ended.status:
            return [ended.output]
        return untranslated(Path(copy) / CATALOGUE)


def check_catalogues(base: Path, var_dir: Path) -> Outcome:
    began = time.monotonic()
    po = base / CATALOGUE
    if not po.exists():
        return Outcome("translations", Verdict.FAILED, note=f"{CATALOGUE} is missing")
    compares_sources = shutil.which("xgettext") is not None
    if not compares_sources and "gettext" in os.environ.get("PORTAL_TESTS_REQUIRE", "").split():
        return Outcome("translations", Verdict.FAILED, note="required, but xgettext is not installed")
    missing = missing_from_sources(base, var_dir) if compares_sources else untranslated(po)
    problems = [f"Not translated: {text!r}" for text in missing]
    problems += [f"Run compilemessages: {key!r}" for key in stale(po)]
    return Outcome(
        "translations",
        Verdict.FAILED if problems else Verdict.OK,
        note="" if compares_sources else "sources not compared: xgettext is not installed",
        seconds=time.monotonic() - began,
        output="\n".join(problems) + "\n",
    )

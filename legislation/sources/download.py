"""Fetching the sources from their publishers. Nothing here runs while a page is being served."""

from pathlib import Path

import httpx
import stamina
from django.utils.translation import gettext as _

from legislation.sources import canada, congress, congress_files, openstates
from legislation.sources.opening import LARGEST_ARCHIVE, FileRefused

_CONGRESS = "https://unitedstates.github.io/congress-legislators/{}.yaml"
_ONE_FILE = {
    openstates.SOURCE: (
        "https://github.com/openstates/people/archive/refs/heads/main.tar.gz",
        "openstates-people.tar.gz",
    ),
    canada.SOURCE: (
        "https://represent.opennorth.ca/representatives/house-of-commons/?limit=1000",
        "house-of-commons.json",
    ),
}
_TIMEOUT = httpx.Timeout(20.0, read=120.0)
_HEADERS = {"User-Agent": "chapter-advocacy-portal (public record import)"}


def client() -> httpx.Client:
    return httpx.Client(timeout=_TIMEOUT, headers=_HEADERS, follow_redirects=True)


def fetch(source: str, folder: Path, web: httpx.Client) -> Path:
    """Download what `source` publishes into `folder`; returns the path to import. Raises FileRefused."""
    try:
        if source == congress.SOURCE:
            for part in congress_files.ALL:
                _save(web, _CONGRESS.format(part), folder / f"{part}.yaml")
            return folder
        address, name = _ONE_FILE[source]
        return _save(web, address, folder / name)
    except httpx.HTTPError as problem:
        raise FileRefused(
            _("The download failed: %(problem)s. Is the network reachable? You can also give a PATH.")
            % {"problem": problem}
        ) from problem


@stamina.retry(on=httpx.TransportError, attempts=3)
def _save(web: httpx.Client, url: str, target: Path) -> Path:
    size = 0
    with web.stream("GET", url) as answer, target.open("wb") as file:
        answer.raise_for_status()
        for chunk in answer.iter_bytes():
            size += len(chunk)
            if size > LARGEST_ARCHIVE:
                raise FileRefused(_("%(url)s is larger than this source has ever been.") % {"url": url})
            file.write(chunk)
    return target

"""What the letters of everybody from the same districts rest on: kept for seconds, as a thousand of them send at once.

Nothing of it decides what may be sent. Whether the campaign is live, our positions hold and an office is still written
to is asked of the database in the transaction that keeps an act (campaigns/actions/letters.py), and a form that does
not pass by what was kept is looked at once more by what the record says now.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from advocacy.kernel.kept import Found, Kept
from campaigns import consent_words
from campaigns.act import offices
from campaigns.act import shown as shows
from campaigns.act.drafts import Basis, basis_of
from campaigns.act.offices import OfficeToWrite
from campaigns.act.shown import Shown, Standing
from campaigns.place import Place
from members.access import society_today

KEPT_FOR = timedelta(seconds=5)


@dataclass(frozen=True)
class Ground:
    """The offices that may be written to from a place, what their texts are made of, and to what one may agree."""

    offices: list[OfficeToWrite]
    basis: Basis
    consent_words: str


_shown: Kept[Shown] = Kept(most=32, lasting=KEPT_FOR)
_grounds: Kept[Ground] = Kept(most=512, lasting=KEPT_FOR)


def shown(standing: Standing, language: str, now: datetime) -> Shown:
    """The page as it was a moment ago, while the campaign stands where it stands now."""
    key = (standing, standing.phase(now), language)
    return _shown.get(key, lambda: shows.shown(standing, language, now), now=now).value


def kept(shown: Shown, place: Place, now: datetime) -> Found[Ground]:
    key = (shown.campaign.pk, shown.campaign.revision_id, shown.language, place.seats)
    return _grounds.get(key, lambda: fresh(shown, place, society_today()), now=now)


def fresh(shown: Shown, place: Place, day: date) -> Ground:
    """As the record says now."""
    found = offices.for_supporter(shown, place, day)
    return Ground(found, basis_of(shown, day), consent_words.of(shown.campaign.chapter))


def forget() -> None:
    _shown.clear()
    _grounds.clear()

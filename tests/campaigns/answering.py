"""Letters that left for Rep. Reyes in a live campaign, to be answered, counted and forgotten."""

from datetime import datetime, timedelta
from typing import Any

from advocacy.accounts.models import User
from advocacy.interactions.models import KeyContact, Rank
from campaigns.models import Campaign, Confirmation, Contact, Letter, Method, Participation, Target
from members.models import Chapter
from tests.campaigns.mailing import acted, live_for
from tests.cast import NOW, TODAY, Cast
from tests.factories.contacts import ContactFactory

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


def proven(**fields: Any) -> Contact:
    """A supporter who has opened the link that was mailed to them."""
    return ContactFactory(email_proven_at=NOW, **fields)


def took_part(
    campaign: Campaign, contact: Contact, *, chapter: Chapter | None = None, at: datetime = NOW, **fields: Any
) -> Participation:
    one = acted(contact, campaign, at=at)
    Participation.objects.filter(pk=one.pk).update(chapter=chapter, **fields)
    one.refresh_from_db()
    return one


def to_reyes(one: Participation, *, method: Method = Method.WEB_FORM, **fields: Any) -> Letter:
    """One letter of theirs, which they say they sent."""
    known: dict[str, Any] = {
        "confirmation": Confirmation.SELF_REPORTED,
        "subject": "Support HB 210",
        "text": "Dear Representative Reyes",
        "fingerprint": "x",
        "at": one.at,
    }
    return Letter.objects.create(
        participation=one, target=target_of(one.campaign), method=method, **(known | fields)
    )


def target_of(campaign: Campaign) -> Target:
    return campaign.targets.get(official__isnull=False)


def letter_of_jane(cast: Cast, *, chapter: Chapter | None = None, **fields: Any) -> Letter:
    """Jane, of Gulf Prairie unless said otherwise, wrote in Dana's campaign; `fields` are of her letter."""
    jane = proven(email="jane@example.org", full_name="Jane Doe")
    campaign = live_for(cast, jane)
    return to_reyes(took_part(campaign, jane, chapter=chapter or cast.gulf_prairie), **fields)


def primary_for(letter: Letter, person: User, chapter: Chapter) -> KeyContact:
    """They are the chapter's primary key contact with the office that was written to."""
    return KeyContact.objects.create(
        person=person,
        official=letter.target.official,
        chapter=chapter,
        rank=Rank.PRIMARY,
        starts_on=TODAY - DAY,
    )

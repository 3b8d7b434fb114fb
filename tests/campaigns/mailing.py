"""A campaign on HB 210 with people to ask, and its mail written as the worker would."""

from datetime import datetime
from typing import Any

from advocacy.jobs.actions import jobs
from advocacy.jobs.models import Job
from advocacy.positions.models import Standpoint
from campaigns.actions import mailings
from campaigns.models import Appeal, Campaign, Contact, Participation, Purpose
from legislation.models import Measure
from tests.cast import NOW, Cast
from tests.factories.campaigns import drafted, launched, to_own_legislators
from tests.factories.contacts import listed
from tests.factories.log import alma_reyes
from tests.factories.measures import measure, took
from tests.factories.people import state


def drafted_for(cast: Cast, *contacts: Contact, **fields: Any) -> Campaign:
    """Dana's draft on HB 210, which asks these people and nobody else."""
    texas, bill = state("tx", "Texas"), Measure.objects.filter(number="HB 210").first()
    if bill is None:
        bill = measure("HB 210")
        took(bill, cast.gulf_prairie, Standpoint.SUPPORT, cast.jordan)
        alma_reyes()
    campaign = drafted(cast.dana, bill, cast.gulf_prairie, **({"asks_members": False} | fields))
    campaign.lists.add(listed(*contacts, name=f"For {campaign.slug}"))
    to_own_legislators(campaign, texas)
    return campaign


def live_for(cast: Cast, *contacts: Contact, **fields: Any) -> Campaign:
    return launched(drafted_for(cast, *contacts, **fields), by=cast.dana, approver=cast.jordan)


def says_for(campaign: Campaign, purpose: Purpose, **fields: Any) -> Appeal:
    known = {"language": "en", "subject": "{{ campaign }}", "body": "{{ name }}: {{ link }}"}
    return Appeal.objects.create(campaign=campaign, purpose=purpose, **(known | fields))


def write_all() -> None:
    """What the worker does when it hears the bells."""
    for job in Job.objects.queued().order_by("pk"):
        jobs.run(job.pk)


def written(campaign: Campaign, purpose: Purpose = Purpose.LAUNCH, *, now: datetime = NOW) -> list[Any]:
    """Every chunk of it, as (name, skipped, state of the message)."""
    mailing = campaign.mailings.get(purpose=purpose)
    while mailings.write_more(mailing.pk, now=now):
        pass
    rows = mailing.recipients.select_related("contact", "message").order_by("contact__full_name")
    return [(row.contact.full_name, row.skipped, row.message.state if row.message else "") for row in rows]


def acted(contact: Contact, campaign: Campaign, *, at: datetime = NOW) -> Participation:
    return Participation.objects.create(
        campaign=campaign,
        contact=contact,
        revision=campaign.revision,
        key=f"key {campaign.pk} {contact.pk}",
        language="en",
        acknowledged="As a private citizen.",
        at=at,
    )

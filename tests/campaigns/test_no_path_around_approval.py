"""Every way in which a row can come to say that a campaign is approved or live: none opens, shows or sends it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import serializers
from django.db import IntegrityError, transaction
from import_export.resources import modelresource_factory

from advocacy.jobs.actions import jobs
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter
from campaigns import refusals
from campaigns.actions import campaigns, editing
from campaigns.content import content_of, fingerprint_of
from campaigns.errors import MayNotDecide, SubmittedAnew, WrongStatus
from campaigns.mailing_work import APPEAL, WRITE
from campaigns.models import Campaign, Mailing, Recipient, Revision, Status, Verdict
from tests.campaigns.doors import DOORS, open_doors
from tests.campaigns.mailing import drafted_for, live_for, write_all
from tests.campaigns.staffing import robin
from tests.cast import NOW, Cast
from tests.factories.campaigns import approved
from tests.factories.contacts import ContactFactory

Path = Callable[[Cast, Campaign], Any]
LIVE = {"status": Status.LIVE, "launched_at": NOW, "status_at": NOW}


def waiting(cast: Cast) -> Campaign:
    """Dana began and submitted it; nobody has decided."""
    campaign = drafted_for(cast, ContactFactory(), ContactFactory())
    campaigns.submit(campaign, by=cast.dana, now=NOW)
    return campaign


def version(campaign: Campaign) -> Revision:
    return campaign.revisions.get()


def decided(by: Any, **fields: Any) -> dict[str, Any]:
    return {"verdict": Verdict.APPROVED, "decided_by": by, "decided_at": NOW, "is_nonpartisan": True} | fields


def with_status(campaign: Campaign, **fields: Any) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(**(LIVE | fields))


def _saved(cast: Cast, campaign: Campaign) -> None:
    campaign.status, campaign.launched_at, campaign.revision = Status.LIVE, NOW, version(campaign)
    campaign.save()


def _copied(cast: Cast, campaign: Campaign) -> None:
    """A row of a live campaign, saved once more under the name of this one."""
    other = live_for(cast, ContactFactory(), slug="other")
    Campaign.objects.filter(pk=campaign.pk).update(slug="renamed")
    other.pk, other.slug = campaign.pk, campaign.slug
    other.save()


def _deserialised(cast: Cast, campaign: Campaign) -> None:
    (one,) = serializers.deserialize("json", serializers.serialize("json", [campaign]))
    one.object.status, one.object.launched_at, one.object.revision = Status.LIVE, NOW, version(campaign)
    one.save()


def _imported(cast: Cast, campaign: Campaign) -> None:
    """As a file with the columns of the table would bring it."""
    resource = modelresource_factory(Campaign)()
    data = resource.export(Campaign.objects.filter(pk=campaign.pk))
    line = dict(zip(data.headers, data[0], strict=True))
    line |= {"status": "live", "launched_at": NOW.isoformat(), "revision": str(version(campaign).pk)}
    data.pop()
    data.append([line[name] for name in data.headers])
    resource.import_data(data, raise_errors=False)


def _bulk_created(cast: Cast, campaign: Campaign) -> None:
    people = {"owner": cast.dana, "created_by": cast.dana, "created_at": NOW}
    window = {"opens_at": campaign.opens_at, "closes_at": campaign.closes_at}
    known = {"kind": "letter", "revision": version(campaign)} | people | window | LIVE
    Campaign.objects.filter(pk=campaign.pk).update(slug="another")
    Campaign.objects.bulk_create([Campaign(name="New", slug="records-follow", **known)])


def _by_another(cast: Cast, campaign: Campaign) -> None:
    other = approved(drafted_for(cast, ContactFactory(), slug="other"), by=cast.dana, approver=cast.jordan)
    with_status(campaign, revision=other.revision)


def _judged(verdict: str) -> Path:
    def path(cast: Cast, campaign: Campaign) -> None:
        said = decided(cast.jordan, verdict=verdict, note="No.")
        Revision.objects.filter(campaign=campaign).update(**said)
        with_status(campaign, revision=version(campaign))

    return path


def _by_its_author(cast: Cast, campaign: Campaign) -> None:
    Revision.objects.filter(campaign=campaign).update(**decided(cast.dana))
    with_status(campaign, revision=version(campaign))


def _by_its_author_under_another_name(cast: Cast, campaign: Campaign) -> None:
    said = decided(cast.dana, author=cast.luis, submitted_by=cast.luis)
    Revision.objects.filter(campaign=campaign).update(**said)
    with_status(campaign, revision=version(campaign))


def _by_who_submitted_it(cast: Cast, campaign: Campaign) -> None:
    Revision.objects.filter(campaign=campaign).update(submitted_by=cast.jordan, **decided(cast.jordan))
    with_status(campaign, revision=version(campaign))


def _by_nobody(cast: Cast, campaign: Campaign) -> None:
    Revision.objects.filter(campaign=campaign).update(**decided(None))
    with_status(campaign, revision=version(campaign))


def _other_words(cast: Cast, campaign: Campaign) -> None:
    """Approved by a second person, but the words of the version are not those that were submitted."""
    campaigns.approve(campaign, by=cast.jordan, now=NOW, is_nonpartisan=True)
    content = version(campaign).content | {"ask": "vote against everything"}
    Revision.objects.filter(campaign=campaign).update(content=content)


PATHS: dict[str, Path] = {
    "updated to live": lambda cast, campaign: with_status(campaign),
    "updated to live under the version that waits": lambda cast, campaign: with_status(
        campaign, revision=version(campaign)
    ),
    "updated to scheduled": lambda cast, campaign: with_status(
        campaign, status="scheduled", revision=version(campaign)
    ),
    "updated to approved": lambda cast, campaign: with_status(
        campaign, status="approved", revision=version(campaign)
    ),
    "updated to paused": lambda cast, campaign: with_status(
        campaign, status="paused", revision=version(campaign)
    ),
    "updated to closed": lambda cast, campaign: with_status(
        campaign, status="closed", revision=version(campaign)
    ),
    "said to be launched": lambda cast, campaign: Campaign.objects.update(launched_at=NOW),
    "saved": _saved,
    "created in bulk": _bulk_created,
    "a live row copied": _copied,
    "loaded from a fixture": _deserialised,
    "imported": _imported,
    "approved with the version of another campaign": _by_another,
    "live under a version that was returned": _judged(Verdict.RETURNED),
    "live under a version that was withdrawn": _judged(Verdict.WITHDRAWN),
    "live under a verdict nobody knows": _judged("yes"),
    "approved by its author": _by_its_author,
    "approved by its author under another name": _by_its_author_under_another_name,
    "approved by who submitted it": _by_who_submitted_it,
    "approved by nobody": _by_nobody,
}


@pytest.mark.parametrize("name", PATHS)
def test_no_row_opens_a_campaign_that_nobody_else_approved(cast: Cast, name: str):
    campaign = waiting(cast)

    try:
        with transaction.atomic():
            PATHS[name](cast, campaign)
    except IntegrityError:
        pass

    assert open_doors(cast, Campaign.objects.get(slug="records-follow")) == []


def test_nothing_is_sent_whose_approved_words_were_exchanged(cast: Cast):
    campaign = waiting(cast)

    _other_words(cast, campaign)

    assert open_doors(cast, campaign) == []


def test_every_door_opens_for_what_was_approved(cast: Cast):
    """Else the tests of this file would say nothing."""
    found = set()
    campaign = approved(drafted_for(cast, ContactFactory()), by=cast.dana, approver=cast.jordan)
    found |= set(open_doors(cast, campaign))
    campaigns.schedule(campaign, by=cast.dana, now=NOW)
    found |= set(open_doors(cast, campaign))
    campaigns.launch(campaign, by=cast.dana, now=NOW)
    found |= set(open_doors(cast, campaign))
    write_all()
    found |= set(open_doors(cast, campaign))
    campaigns.pause(campaign, by=cast.dana, now=NOW)
    found |= set(open_doors(cast, campaign))

    assert found == set(DOORS)


def test_mail_that_was_put_into_the_outbox_beside_all_this_is_refused_before_it_leaves(cast: Cast):
    campaign, reader = waiting(cast), ContactFactory(email="rosa@example.org")
    mailing = Mailing.objects.create(
        campaign=campaign, revision=version(campaign), purpose="launch", audience=1, begun_at=NOW
    )
    mail = messages.post(APPEAL, Letter(to=reader.email, subject="Now", text="Now."), key="x", now=NOW)
    Recipient.objects.create(mailing=mailing, contact=reader, language="en", decided_at=NOW, message=mail)
    with_status(campaign, revision=version(campaign))

    assert refusals.changed([mail]) == {mail.pk: "Nobody else has approved it."}
    assert "outbox" not in open_doors(cast, campaign)


def test_a_job_for_a_mailing_of_another_version_writes_nothing(cast: Cast):
    campaign = live_for(cast, ContactFactory())
    content = content_of(campaign) | {"ask": "vote against everything"}
    other = Revision.objects.create(
        campaign=campaign, number=2, content=content, fingerprint=fingerprint_of(content), author=cast.dana,
        submitted_by=cast.dana, submitted_at=NOW, **decided(cast.jordan),
    )  # fmt: skip
    campaign.mailings.update(revision=other)
    mailing = campaign.mailings.get()

    jobs.enqueue(WRITE, by=None, mailing=mailing.pk)
    write_all()

    assert not mailing.recipients.exists()


def test_who_loses_the_role_before_deciding_decides_no_more_and_what_they_decided_stands(cast: Cast):
    second = robin()
    early, late = (drafted_for(cast, ContactFactory(), slug=slug) for slug in ("early", "late"))
    approved(early, by=cast.dana, approver=second)
    campaigns.submit(late, by=cast.dana, now=NOW)
    second.roles.update(ends_on=NOW.date())
    same = type(second).objects.get(pk=second.pk)

    with pytest.raises(MayNotDecide):
        campaigns.approve(late, by=same, now=NOW, is_nonpartisan=True)
    campaigns.launch(early, by=cast.dana, now=NOW)

    assert early.status == Status.LIVE


def test_two_people_who_become_one_leave_no_approval_behind(cast: Cast):
    """As if the accounts of the author and of the approver were put together."""
    campaign = live_for(cast, ContactFactory())
    for fields in ({"author": cast.jordan}, {"submitted_by": cast.jordan}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Revision.objects.filter(campaign=campaign).update(**fields)

    Campaign.objects.filter(pk=campaign.pk).update(created_by=cast.jordan)

    assert open_doors(cast, campaign) == []


def test_a_version_that_was_submitted_while_somebody_read_another_is_not_approved_unread(cast: Cast):
    campaign = waiting(cast)
    read = version(campaign).number
    campaigns.withdraw(campaign, by=cast.dana, now=NOW)
    Campaign.objects.filter(pk=campaign.pk).update(ask="vote against everything")
    campaign.refresh_from_db()
    campaigns.submit(campaign, by=cast.dana, now=NOW)

    with pytest.raises(SubmittedAnew):
        campaigns.approve(campaign, by=cast.jordan, now=NOW, is_nonpartisan=True, version=read)

    assert campaign.revisions.waiting().get().number == read + 1


def test_a_past_campaign_lends_its_words_and_never_its_approval(cast: Cast):
    past = live_for(cast, ContactFactory())

    begun = editing.begin_like(past, by=cast.dana, now=NOW, chapter=cast.gulf_prairie, name="Again")

    assert (begun.status, begun.revision, begun.launched_at) == ("draft", None, None)
    assert open_doors(cast, begun) == []
    with pytest.raises(WrongStatus):
        campaigns.launch(begun, by=cast.dana, now=NOW)

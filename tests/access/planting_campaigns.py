"""Plants campaigns of each chapter: one being written, one before its reviewer, one that is over and was mailed."""

from campaigns.actions import editing
from campaigns.content import content_of, fingerprint_of
from campaigns.models import (
    Campaign,
    Confirmation,
    Contact,
    Letter,
    Mailing,
    MailingState,
    Method,
    Participation,
    Purpose,
    Recipient,
    Revision,
    RuleKind,
    Status,
    Target,
    TargetRule,
)
from legislation.models import Measure
from tests.access.canaries import Nest
from tests.access.world import Actor, Thing, World
from tests.cast import NOW


def plant_campaigns(world: World, authors: dict[str, Actor]) -> None:
    bill = Measure.objects.get(number="HB 210")
    for key, author in authors.items():
        _campaign(world, bill, key, author, "draft")
        _submitted(world, _campaign(world, bill, key, author, "submitted"), key, author)
        _over(world, _campaign(world, bill, key, author, "over", state="known"), key, author)


def _campaign(
    world: World, bill: Measure, key: str, author: Actor, stage: str, *, state: str = ""
) -> Campaign:
    assert author.user
    nest = Nest(f"campaign {key} {stage}")
    campaign = editing.begin(
        by=author.user,
        now=NOW,
        chapter=world.places[key].chapter,
        name=nest.text("name"),
        kind="letter",
        measures=[bill],
        languages=["en"],
        goal=nest.text("goal"),
        ask=nest.text("ask"),
    )
    world.fields |= nest.fields
    known = {"chapter": key, "author": author.name, "state": state}
    world.add(Thing("campaign", campaign.pk, f"{key} {stage}", words=nest.words, **known))  # type: ignore[arg-type]
    if stage == "draft":
        rule = TargetRule.objects.create(campaign=campaign, kind=RuleKind.AGENCY, agency_name="Board")
        world.add(Thing("draft campaign", campaign.pk, key, **known))  # type: ignore[arg-type]
        world.add(Thing("campaign rule", rule.pk, key, **known))  # type: ignore[arg-type]
    return campaign


def _revision(campaign: Campaign, author: Actor) -> Revision:
    assert author.user
    content = content_of(campaign)
    return Revision.objects.create(
        campaign=campaign,
        number=1,
        content=content,
        fingerprint=fingerprint_of(content),
        author=author.user,
        submitted_by=author.user,
        submitted_at=NOW,
    )


def _submitted(world: World, campaign: Campaign, key: str, author: Actor) -> None:
    _revision(campaign, author)
    Campaign.objects.filter(pk=campaign.pk).update(status=Status.IN_REVIEW)
    world.add(Thing("submitted campaign", campaign.pk, key, chapter=key, author=author.name))


def _over(world: World, campaign: Campaign, key: str, author: Actor) -> None:
    nest = Nest(f"campaign recipient {key}")
    contact = Contact.objects.create(
        full_name=nest.text("name"),
        email=nest.address("email"),
        chapter=world.places[key].chapter,
        added_at=NOW,
    )
    Campaign.objects.filter(pk=campaign.pk).update(status=Status.CLOSED)
    mailing = Mailing.objects.create(
        campaign=campaign,
        revision=_revision(campaign, author),
        purpose=Purpose.LAUNCH,
        state=MailingState.STOPPED,
        audience=1,
        begun_at=NOW,
    )
    row = Recipient.objects.create(
        mailing=mailing, contact=contact, language="en", skipped="no_consent", decided_at=NOW
    )
    world.fields |= nest.fields
    world.add(Thing("campaign recipient", row.pk, key, words=nest.words, chapter=key))
    _letter(world, campaign, contact, key)


def _letter(world: World, campaign: Campaign, contact: Contact, key: str) -> None:
    """What the contact wrote to the board, and what came back."""
    nest = Nest(f"campaign letter {key}")
    one = Participation.objects.create(
        campaign=campaign,
        contact=contact,
        chapter=contact.chapter,
        revision=campaign.mailings.get().revision,
        key=f"key {key}",
        signed_as=nest.text("signed as"),
        language="en",
        acknowledged="As a private citizen.",
        at=NOW,
    )
    board = Target.objects.create(campaign=campaign, agency_name="Board", added_at=NOW, changed_at=NOW)
    letter = Letter.objects.create(
        participation=one,
        target=board,
        method=Method.PRINT,
        confirmation=Confirmation.SELF_REPORTED,
        subject=nest.text("subject"),
        text=nest.text("text"),
        fingerprint="x",
        at=NOW,
    )
    world.fields |= nest.fields
    world.add(Thing("campaign letter", letter.pk, key, words=nest.words, chapter=key))

"""Test mail: what supporters and offices would read, sent to oneself and to the lists that are for tests."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from advocacy.accounts.models import User
from advocacy.audit import trail
from advocacy.kernel.merge_fields import FieldProblem
from advocacy.outbox.actions import messages
from advocacy.outbox.actions.messages import Letter
from advocacy.outbox.models import OutboundMessage
from campaigns import targeting
from campaigns.actions import contacts, targets
from campaigns.appeals import Sheet
from campaigns.content import content_of
from campaigns.errors import MayNotRun, NotReady
from campaigns.letterhead import one_line
from campaigns.mailing_work import TEST
from campaigns.models import Campaign, Contact, ContactQuerySet, Purpose, Target
from campaigns.preview import previews, texts_for
from campaigns.tokens import Writer
from members.access import reach_of, society_today

# What nobody has approved yet goes to no more people than could be asked by hand.
MOST_TESTERS = 25


def may_test(by: User, campaign: Campaign) -> bool:
    """Whoever runs it, and whoever may have to approve it."""
    reach = reach_of(by)
    if reach.is_staff or reach.is_lead:
        return Campaign.objects.visible_to(by).filter(pk=campaign.pk).exists()
    return Campaign.objects.run_by(by).filter(pk=campaign.pk).exists()


@transaction.atomic
def send(
    campaign: Campaign,
    *,
    by: User,
    now: datetime,
    to: Contact | None = None,
    target: Target | None = None,
    purpose: Purpose = Purpose.LAUNCH,
) -> list[OutboundMessage]:
    """The appeal in each language and with each subject, and the letter to `target`, else to the first office named.

    It shows the campaign as it stands now. It is kept in the trail and counted nowhere. Raises MayNotRun, and
    NotReady where a token has no value or the test lists are no test lists.
    """
    if not may_test(by, campaign):
        raise MayNotRun
    readers = _readers(campaign, to or _oneself(by, now))
    try:
        letters = {
            f"{campaign.pk}.{reader.pk}.{now.isoformat()}.{place}": letter
            for reader in readers
            for place, letter in enumerate(_letters(campaign, reader, target, purpose, now))
        }
    except FieldProblem as problem:
        raise NotReady([_("The token “%(name)s” has no value yet.") % {"name": problem.name}]) from problem
    written = messages.post_all(TEST, letters, now=now)
    sent_to = [reader.email for reader in readers]
    trail.record(by=by, verb="tested", of=campaign, changes={"to": [None, sent_to]})
    return list(written.values())


def _oneself(by: User, now: datetime) -> Contact:
    known = Contact.objects.filter(user=by).first() or Contact.objects.at(by.email).first()
    if known:
        return known
    return contacts.add(email=by.email, now=now, by=by, full_name=by.full_name, language=by.language, user=by)


def _readers(campaign: Campaign, first: Contact) -> list[Contact]:
    """Each address once, however many test lists it stands on. So many people are no test, but a mailing: NotReady."""
    tests = campaign.lists.filter(is_test=True).order_by().values("entries__contact")
    rows = ContactQuerySet(Contact).known().filter(pk__in=tests).exclude(pk=first.pk)
    readers = [first, *rows.select_related("user").order_by("pk")[: MOST_TESTERS + 1]]
    if len(readers) > MOST_TESTERS:
        words = _("A test goes to %(most)d people at most: shorten the test lists of this campaign.")
        raise NotReady([words % {"most": MOST_TESTERS}])
    return readers


def _letters(
    campaign: Campaign, reader: Contact, target: Target | None, purpose: Purpose, now: datetime
) -> Iterator[Letter]:
    sheet = Sheet(campaign, content_of(campaign), purpose)
    for language, text in sheet.texts.items():
        for variant in "ab" if text.subject_b else "a":
            yield sheet.try_out(reader, language, variant)
    office = target or _first_office(campaign, now)
    if office is not None:
        for language in sheet.texts:
            with override(language):
                yield from _letter_to(campaign, office, reader, language)


def _letter_to(campaign: Campaign, office: Target, reader: Contact, language: str) -> Iterator[Letter]:
    writer = Writer(reader.full_name or reader.email, reader.postal_code or _("(town)"))
    texts = {code: text for code, text in texts_for(campaign, office.group).items() if code == language}
    for found in previews(campaign, office, writer, texts, society_today()):
        if found.problem:
            raise NotReady([found.problem])
        yield Letter(
            to=reader.email,
            subject=f"{_('[Test]')} {one_line(found.subject)}",
            text=_("This is a test. It shows what the office of %(office)s would read.") % {"office": office}
            + f"\n\n{found.body}",
            user=reader.user,
            why=_("You get this because you test this campaign."),
        )


def _first_office(campaign: Campaign, now: datetime) -> Target | None:
    """The first of the list; before the launch, the first that the rules name today."""
    kept = campaign.targets.active().select_related("official", "seat").first()
    if kept:
        return kept
    named = targeting.offices_of(campaign, society_today())
    office = next((one for one in named if not one.left_alone), None)
    return targets.as_target(campaign, office, now) if office else None

"""Campaigns in the demo: one live, one that waits for a second person, one being written, one closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from advocacy.kernel.folding import fold
from advocacy.kernel.zones import today_in
from advocacy.outbox.models import MessageState, OutboundMessage
from advocacy.portal.demo.record import PublicRecord
from advocacy.portal.demo.society import Cast, address_of
from campaigns.actions import campaigns, consents, contacts, editing, mailings, replies
from campaigns.actions.consents import Evidence
from campaigns.models import (
    Campaign,
    CampaignKind,
    Confirmation,
    ConsentSource,
    ContactList,
    Letter,
    ListEntry,
    Method,
    Participation,
    ReplyKind,
    RuleKind,
    Target,
    TargetRule,
)
from legislation.models import ChamberCode, Measure

DAY = timedelta(days=1)
ZONE = "America/Chicago"
SUPPORTERS = (
    ("Marisol Vega", "US"),
    ("Theodore Lamb", "US"),
    ("Priscilla Nuñez", "CA"),
    ("Walter Osgood", "US"),
)
_AGREED = "Yes, the chapter may write to me about its campaigns."
_ACKNOWLEDGED = "I act as a private citizen, on my own time and with my own device."


@dataclass(frozen=True)
class Act:
    """Somebody who took part: `day` counts from the launch; `own` is the share of words that are their own."""

    name: str
    day: int
    method: Method
    own: int
    words: str = ""
    confirmation: Confirmation = Confirmation.SELF_REPORTED
    reply: str = ""


ACTS = (
    Act("Ruth Adeyemi", 0, Method.PORTAL_EMAIL, 34, "My ward waited two days for a record from next door.",
        Confirmation.CONFIRMED, ReplyKind.NONCOMMITTAL),
    Act("Owen Brandt", 0, Method.WEB_FORM, 21, "I run the records office of a county hospital with four people."),
    Act("Celia Marsh", 1, Method.PORTAL_EMAIL, 48, "Last spring an audit took my only analyst for six weeks.",
        Confirmation.CONFIRMED),
    Act("Dmitri Vale", 1, Method.OWN_MAIL, 12),
    Act("Ines Carrow", 2, Method.CALL, 0),
    Act("Noel Fairbanks", 3, Method.PORTAL_EMAIL, 55, "We are the only clinic for forty miles.",
        Confirmation.CONFIRMED, ReplyKind.REQUEST_TO_MEET),
    Act("Bea Lindqvist", 4, Method.PRINT, 30, "I have signed this by hand because it matters to me."),
)  # fmt: skip


class CampaignBuilder:
    """By the portal's own actions, as of the days they tell of."""

    def __init__(self, *, record: PublicRecord, cast: Cast, now: datetime) -> None:
        self.record, self.cast, self.now = record, cast, now

    def build(self) -> None:
        self._live()
        self._in_review()
        self._draft()
        self._closed()

    def _measure(self, place: str, number: str) -> Measure:
        return next(one for one in self.record.measures[place] if one.number == number)

    def _live(self) -> None:
        """Dana's, launched six days ago."""
        dana, launched_at = self.cast.people["dana"], self.now - 6 * DAY
        campaign = editing.begin(
            by=dana,
            now=launched_at - 4 * DAY,
            chapter=self.cast.chapters["gulf-prairie"],
            name="Audits a county hospital can bear",
            kind=CampaignKind.LETTER,
            measures=[self._measure("TX", "SB 84")],
            languages=["en"],
            goal="The House amends the audit section before it votes.",
            ask="amend section 4, so that small hospitals report once a year",
            summary=(
                "SB 84 would have every hospital audit its algorithms each quarter. Large systems can. A county "
                "hospital with one analyst cannot, and would switch off what helps its patients."
            ),
            opens_at=launched_at,
            closes_at=self.now + 15 * DAY,
            zone=ZONE,
            wanted_participants=60,
            wanted_officials=8,
            wanted_personalised=50,
        )
        self._to_own(campaign, "TX")
        campaign.lists.add(self._friends())
        campaign.appeals.update(subject_b="Two minutes for a county hospital")
        self._launch(campaign, launched_at)
        for act in ACTS:
            self._take_part(campaign, act, launched_at)

    def _friends(self) -> ContactList:
        """Supporters who are no members; one in Canada never said that we may write, and is skipped."""
        chapter, at = self.cast.chapters["gulf-prairie"], self.now - 40 * DAY
        friends = ContactList.objects.create(name="Friends of the chapter", chapter=chapter)
        for name, country in SUPPORTERS:
            address = address_of(fold(name).replace(" ", "."))
            contact = contacts.add(email=address, now=at, full_name=name, country=country, chapter=chapter)
            ListEntry.objects.create(contact_list=friends, contact=contact, added_at=at)
            if country == "US":
                words = Evidence(words=_AGREED, source=ConsentSource.FORM)
                consents.give(contact, chapter=chapter, evidence=words, now=at)
        return friends

    def _in_review(self) -> None:
        """Élise's, in both languages: it waits for Jordan or Angela."""
        elise = self.cast.people["elise"]
        campaign = editing.begin(
            by=elise,
            now=self.now - 2 * DAY,
            chapter=self.cast.chapters["saint-laurent"],
            name="Records that follow the patient",
            name_fr="Un dossier qui suit le patient",
            kind=CampaignKind.LETTER,
            measures=[self._measure("QC", "Bill 47")],
            languages=["en", "fr"],
            goal="Every member of the committee hears from home before the third reading.",
            ask="support the amendment on portability",
            ask_fr="appuyer l’amendement sur la portabilité",
            opens_at=self.now + 2 * DAY,
            closes_at=self.now + 23 * DAY,
            zone="America/Toronto",
        )
        self._to_own(campaign, "QC")
        campaigns.submit(campaign, by=elise, now=self.now - DAY)

    def _draft(self) -> None:
        """It lacks a goal, an ask and a window."""
        campaign = editing.begin(
            by=self.cast.people["dana"],
            now=self.now - DAY,
            chapter=self.cast.chapters["gulf-prairie"],
            name="Grants that reach county hospitals",
            kind=CampaignKind.CALL,
            measures=[self._measure("TX", "SB 902")],
            languages=["en"],
            zone=ZONE,
        )
        self._to_own(campaign, "TX")

    def _closed(self) -> None:
        """The society's, of last month, with what came of it."""
        jordan, launched_at = self.cast.people["jordan"], self.now - 40 * DAY
        campaign = editing.begin(
            by=jordan,
            now=launched_at - 6 * DAY,
            chapter=None,
            name="Public health data that can be used",
            name_fr="Des données de santé publique utilisables",
            kind=CampaignKind.EMAIL,
            measures=[self._measure("US", "S. 4411")],
            languages=["en"],
            goal="The Senate passes it with the funding.",
            ask="vote for the bill with its funding",
            opens_at=launched_at,
            closes_at=self.now + DAY,
            zone="America/New_York",
        )
        campaign.chapters.add(self.cast.chapters["three-capitals"])
        self._to_own(campaign, "US", chamber_code=ChamberCode.UPPER)
        campaigns.submit(campaign, by=jordan, now=launched_at - 5 * DAY)
        campaigns.approve(
            campaign, by=self.cast.people["angela"], now=launched_at - 3 * DAY, is_nonpartisan=True
        )
        self._open(campaign, launched_at)
        said = "The Senate passed it on a voice vote. The House takes it up next."
        campaigns.close(campaign, by=jordan, now=self.now - 12 * DAY, outcome=said)

    def _to_own(self, campaign: Campaign, place: str, **fields: str) -> None:
        TargetRule.objects.create(
            campaign=campaign,
            kind=RuleKind.MY_REPRESENTATIVES,
            jurisdiction=self.record.jurisdictions[place],
            **fields,
        )

    def _launch(self, campaign: Campaign, at: datetime) -> None:
        campaigns.submit(campaign, by=campaign.created_by, now=at - 3 * DAY)
        campaigns.approve(campaign, by=self.cast.people["jordan"], now=at - 2 * DAY, is_nonpartisan=True)
        self._open(campaign, at)

    def _open(self, campaign: Campaign, at: datetime) -> None:
        """Launched, and its mail left that day."""
        campaigns.launch(campaign, by=campaign.created_by, now=at)
        mailing = campaign.mailings.get()
        while mailings.write_more(mailing.pk, now=at):
            pass
        left = OutboundMessage.objects.waiting().filter(scope=campaign.scope)
        left.update(state=MessageState.SENT, settled_at=at, maybe_delivered=True, attempts=1, last_code=250)

    def _take_part(self, campaign: Campaign, act: Act, launched_at: datetime) -> None:
        at = launched_at + act.day * DAY + timedelta(hours=3)
        contact = contacts.add(
            email=address_of(fold(act.name).replace(" ", ".")),
            now=at,
            full_name=act.name,
            country="US",
            region="TX",
            postal_code="77004",
            chapter=campaign.chapter,
        )
        approved = campaign.revisions.get()
        participation = Participation.objects.create(
            campaign=campaign,
            contact=contact,
            revision=approved,
            chapter=campaign.chapter,
            key=f"demo-{contact.pk}",
            signed_as=act.name,
            language="en",
            postal_code="77004",
            own_words=act.words,
            own_share=act.own,
            is_personalised=bool(act.words),
            acknowledged=_ACKNOWLEDGED,
            at=at,
        )
        for target in self._own_targets(campaign):
            self._write(participation, target, act, at)

    def _own_targets(self, campaign: Campaign) -> Iterable[Target]:
        return campaign.targets.active().filter(seat__district__in=("131", "13")).order_by("pk")[:2]

    def _write(self, participation: Participation, target: Target, act: Act, at: datetime) -> None:
        letter = Letter.objects.create(
            participation=participation,
            target=target,
            method=act.method,
            confirmation=act.confirmation,
            subject="SB 84: amend section 4",
            text=act.words or "Please amend section 4.",
            fingerprint=f"demo-{participation.pk}",
            at=at,
        )
        if act.reply:
            day, dana = at + 2 * DAY, self.cast.people["dana"]
            replies.record(
                letter, kind=ReplyKind(act.reply), on=today_in(ZONE, day), text="", by=dana, now=day
            )

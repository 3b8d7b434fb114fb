"""Partners of the demo, and sign-on letters in each part of their life. All of them are invented."""

from datetime import datetime, time, timedelta

from advocacy.accounts.models import User
from advocacy.coalitions.actions import invitations, letters
from advocacy.coalitions.actions.invitations import Answered
from advocacy.coalitions.models import (
    Answer,
    Decision,
    Organisation,
    OrganisationContact,
    OrganisationKind,
    OrganisationStatus,
    SignOnLetter,
)
from advocacy.kernel.schedules import moment_of
from advocacy.kernel.zones import today_in
from advocacy.portal.demo.society import Cast

_ZONE = "America/New_York"
_END_OF_DAY = time(17)
# Name, name in French, kind, status, who keeps in touch, contact, language, zone.
_CENTRAL = "America/Chicago"
_PARTNERS = (
    ("Lone Heron Hospital Association", "", OrganisationKind.HOSPITALS, "dana", "Miles Corbin", "en", _CENTRAL),
    ("Bayou Health Exchange", "", OrganisationKind.HIE, "dana", "Ana Treviño", "en", _CENTRAL),
    ("Patients of the Prairie", "", OrganisationKind.PATIENTS, "dana", "June Okafor", "en", "America/Los_Angeles"),
    ("Élan Medical Society", "", OrganisationKind.MEDICAL_SOCIETY, "luis", "Paul Dray", "en", "America/Denver"),
    ("Lower Valley University", "", OrganisationKind.UNIVERSITY, "luis", "Rita Moss", "en", _CENTRAL),
    (
        "Coalition of Patients of the River",
        "Coalition des patients du Fleuve",
        OrganisationKind.PATIENTS,
        "elise",
        "Solène Roy",
        "fr",
        "America/Toronto",
    ),
    ("Open Standards Forum", "", OrganisationKind.VENDOR_NEUTRAL, "angela", "Theo Lind", "en", "America/New_York"),
)  # fmt: skip
_TEXT = (
    "We write on behalf of organizations that care for patients in cities and in the country.\n\n"
    "Visits by video have kept people in care who have no clinic nearby. We ask you to make the rule that allows "
    "them permanent, and to count a visit by telephone where there is no broadband."
)
_TEXT_FR = (
    "Nous vous écrivons au nom d’organismes qui soignent en ville comme à la campagne.\n\n"
    "Les consultations par vidéo ont gardé dans le système de soins des personnes qui n’ont pas de clinique près de "
    "chez elles. Nous vous demandons de rendre permanente la règle qui les permet."
)


class LetterBuilder:
    """Everything happens as people do it, each step on its day."""

    def __init__(self, *, cast: Cast, now: datetime) -> None:
        self.cast, self.now = cast, now
        self.people: dict[str, OrganisationContact] = {}

    def build(self) -> None:
        for plan in _PARTNERS:
            self._add_partner(*plan)
        self._ours()
        self._waiting()
        self._sent()
        self._over()

    def _add_partner(
        self, name: str, name_fr: str, kind: str, owner: str, person: str, language: str, zone: str
    ) -> None:
        organisation = Organisation.objects.create(
            name=name,
            name_fr=name_fr,
            kind=kind,
            status=OrganisationStatus.ACTIVE,
            owner=self.cast.people[owner],
            website="https://example.org",
        )
        self.people[name] = OrganisationContact.objects.create(
            organisation=organisation,
            name=person,
            role="Policy director",
            email=f"policy{organisation.pk}@example.org",
            language=language,
            zone=zone,
        )

    def _ours(self) -> None:
        """Gulf Prairie leads it; one partner signed, one declined, one is silent."""
        letter = self._signed("dana", "gulf-prairie", "Keep video visits open", days=10, began=-4)
        names = ("Lone Heron Hospital Association", "Patients of the Prairie", "Bayou Health Exchange")
        self._invite(letter, "dana", names, at=self.now - timedelta(days=2))
        at = self.now - timedelta(days=1)
        self._answer(letter, names[0], self._yes(names[0]), at=at)
        no = Answered(Answer.DECLINE, reason="Our board takes no positions before its March meeting.")
        self._answer(letter, names[1], no, at=at)

    def _waiting(self) -> None:
        """The society is asked to sign what a partner leads."""
        forum = self.people["Open Standards Forum"].organisation
        self._begin("angela", None, "One standard for referrals", days=6, began=-2, lead=forum)

    def _sent(self) -> None:
        """Saint-Laurent's, in both languages, sent two weeks ago."""
        letter = self._signed(
            "elise", "saint-laurent", "Virtual care after the pandemic", days=-15, began=-40
        )
        name = "Coalition of Patients of the River"
        self._invite(letter, "elise", (name,), at=self._at(-30))
        self._answer(letter, name, self._yes("Coalition des patients du Fleuve"), at=self._at(-20))
        letters.send(letter, by=self.cast.people["elise"], now=self.now, sent_on=self._at(-14).date())

    def _over(self) -> None:
        """Hill Country's: the deadline has passed, and one partner has not answered."""
        letter = self._signed("luis", "hill-country", "Broadband for clinics", days=-1, began=-20)
        names = ("Élan Medical Society", "Lower Valley University")
        self._invite(letter, "luis", names, at=self._at(-12))
        self._answer(letter, names[0], self._yes(names[0]), at=self._at(-5))

    def _at(self, days: int) -> datetime:
        return moment_of(today_in(_ZONE, self.now) + timedelta(days=days), _END_OF_DAY, _ZONE)

    def _begin(
        self,
        who: str,
        chapter: str | None,
        title: str,
        *,
        days: int,
        began: int,
        lead: Organisation | None = None,
    ) -> SignOnLetter:
        return letters.bring_in(
            by=self.cast.people[who],
            title=title,
            title_fr="Les soins virtuels après la pandémie" if who == "elise" else "",
            text=_TEXT,
            text_fr=_TEXT_FR if who == "elise" else "",
            agency="Department of Health",
            chapter=self.cast.chapters[chapter] if chapter else None,
            lead=lead,
            received_on=self._at(began).date(),
            soft_deadline_at=self._at(days - 4),
            hard_deadline_at=self._at(days),
            zone=_ZONE,
        )

    def _signed(self, who: str, chapter: str, title: str, *, days: int, began: int) -> SignOnLetter:
        letter = self._begin(who, chapter, title, days=days, began=began)
        staff: User = self.cast.people["jordan"]
        name = f"{self.cast.chapters[chapter].name} Chapter"
        letters.decide(letter, by=staff, now=self._at(began), decision=Decision.SIGN, signed_as=name)
        return letter

    def _invite(self, letter: SignOnLetter, who: str, names: tuple[str, ...], *, at: datetime) -> None:
        contacts = [self.people[name] for name in names]
        invitations.invite(letter, by=self.cast.people[who], now=at, contacts=contacts)

    def _yes(self, name: str) -> Answered:
        return Answered(Answer.SIGN, signed_as=name, approver_name="Kim Ito", approver_title="Chair")

    def _answer(self, letter: SignOnLetter, name: str, said: Answered, *, at: datetime) -> None:
        invitation = letter.invitations.get(organisation=self.people[name].organisation)
        invitations.answer(invitation, now=at, said=said)

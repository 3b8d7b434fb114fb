"""Coalitions of the demo, grasstops contacts and whom they reach, touches, partners at meetings. All invented."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from advocacy.accounts.models import User
from advocacy.coalitions.actions import coalitions, grasstops, touches
from advocacy.coalitions.models import (
    Coalition,
    CoalitionMember,
    Grasstops,
    Organisation,
    OrganisationContact,
    OurRole,
    PartnerPosition,
    Touch,
    TouchKind,
)
from advocacy.interactions.models import Basis, Interaction, State
from advocacy.portal.demo.society import Cast
from advocacy.positions.models import Issue, Position, Standpoint
from legislation.models import Measure, Official
from members.confidentiality import Confidentiality

_HOSPITALS, _EXCHANGE = "Lone Heron Hospital Association", "Bayou Health Exchange"
_PATIENTS, _FORUM = "Patients of the Prairie", "Open Standards Forum"
_FLEUVE = "Coalition of Patients of the River"


class PartnerBuilder:
    """As people keep it, through the portal's own actions; needs the partners of the letters, and the log."""

    def __init__(self, *, cast: Cast, now: datetime) -> None:
        self.cast, self.now = cast, now
        self.today = cast.people["dana"].today(now)

    def build(self) -> None:
        self._coalitions()
        contact = self._contact("dana", "gulf-prairie", _HOSPITALS, (4, 5), "Chairs their policy committee.")
        quiet = self._contact("dana", "gulf-prairie", _PATIENTS, (5, 3), "Would rather call than write.")
        kept_close = self._contact(
            "dana",
            "gulf-prairie",
            _EXCHANGE,
            (3, 4),
            "Asked us to keep this to ourselves.",
            Confidentiality.RESTRICTED,
        )
        elise = self._contact("elise", "saint-laurent", _FLEUVE, (4, 4), "Préfère le téléphone.")
        self._reach(contact, strength=4, basis=Basis.PROFESSIONAL)
        self._reach(quiet, strength=3, basis=Basis.CONSTITUENT)
        self._reach(elise, strength=3, basis=Basis.NEIGHBOUR)
        self._touch(
            contact,
            TouchKind.MEETING,
            -12,
            "Coffee about the data exchange bill; they will speak to the chair.",
        )
        self._touch(contact, TouchKind.CALL, -40, "They heard of our hearing and wished us luck.")
        self._touch(kept_close, TouchKind.CALL, -9, "Their board has not decided yet.")
        self._touch(elise, TouchKind.MESSAGE, -5, "Notre mémoire leur est utile.")
        self._present_at_the_newest_meeting(contact.contact)

    def _coalitions(self) -> None:
        dana, angela = self.cast.people["dana"], self.cast.people["angela"]
        ours = Position.objects.usable().filter(
            chapter=self.cast.chapters["gulf-prairie"], position=Standpoint.SUPPORT
        )
        measures = [row.measure for row in ours.select_related("measure").order_by("pk")[:1]]
        alliance = coalitions.keep(
            Coalition(
                name="Gulf Telehealth Alliance",
                purpose="Keep care by video open to people without a clinic nearby.",
                principles="Access first. No member speaks for another without asking.",
                lead=self._organisation(_HOSPITALS),
                role=OurRole.STEERING,
                chapter=self.cast.chapters["gulf-prairie"],
                joined_on=self._day(-200),
                approved_by=self.cast.people["chris"],
                rhythm="First Tuesday of each month",
                next_meeting_on=self._day(16),
            ),
            by=dana,
            measures=measures,
            issues=Issue.objects.current()[:2],
        )
        CoalitionMember.objects.bulk_create(
            CoalitionMember(
                coalition=alliance, organisation=self._organisation(name), starts_on=self._day(-200)
            )
            for name in (_HOSPITALS, _EXCHANGE, _PATIENTS)
        )
        coalitions.keep(
            Coalition(
                name="Open Records Forum",
                name_fr="Forum des dossiers ouverts",
                purpose="One standard for referrals, in both countries.",
                lead=self._organisation(_FORUM),
                role=OurRole.MEMBER,
                joined_on=self._day(-400),
                approved_by=angela,
                rhythm="Quarterly",
                next_meeting_on=self._day(40),
            ),
            by=angela,
        )
        for row in measures:
            self._positions(alliance, row, dana)
        said = Touch(
            coalition=alliance,
            chapter=self.cast.chapters["gulf-prairie"],
            kind=TouchKind.COALITION_MEETING,
            occurred_on=self._day(-20),
            summary="Agreed who speaks at the next hearing.",
            confidentiality=Confidentiality.SHARED,
        )
        touches.log(said, by=dana, form_key=uuid4())

    def _positions(self, alliance: Coalition, measure: Measure, by: User) -> None:
        """The coalition is for it; one of its members is not."""
        said = {"measure": measure, "said_on": self._day(-30)}
        for row in (
            PartnerPosition(
                coalition=alliance,
                position=Standpoint.SUPPORT,
                source="Statement of the steering committee",
                **said,
            ),
            PartnerPosition(
                organisation=self._organisation(_EXCHANGE),
                position=Standpoint.OPPOSE,
                source="Their newsletter",
                **said,
            ),
        ):
            coalitions.record_position(row, by=by)

    def _contact(
        self,
        who: str,
        chapter: str,
        partner: str,
        scores: tuple[int, int],
        notes: str,
        level: str = Confidentiality.CHAPTER,
    ) -> Grasstops:
        by = self.cast.people[who]
        willingness, influence = scores
        return grasstops.keep(
            Grasstops(
                contact=OrganisationContact.objects.get(organisation__name=partner),
                chapter=self.cast.chapters[chapter],
                willingness=willingness,
                influence=influence,
                notes=notes,
                confidentiality=level,
                starts_on=self._day(-300),
            ),
            by=by,
            holders=[by],
            topics=Issue.objects.current()[:1],
        )

    def _reach(self, contact: Grasstops, *, strength: int, basis: Basis) -> None:
        """The official whom the chapter met last."""
        rows = Interaction.objects.exportable().filter(chapter=contact.chapter, state=State.LOGGED)
        met = rows.filter(offices__official__isnull=False)
        newest = met.order_by("-occurred_on", "-pk").values_list("offices__official", flat=True).first()
        if newest is not None:
            official = Official.objects.get(pk=newest)
            grasstops.map_influence(
                contact,
                by=contact.added_by,
                officials=[official],
                basis=basis,
                strength=strength,
                on=self._day(-60),
            )

    def _touch(self, contact: Grasstops, kind: TouchKind, days: int, summary: str) -> None:
        touch = Touch(
            grasstops=contact,
            chapter=contact.chapter,
            kind=kind,
            occurred_on=self._day(days),
            summary=summary,
            confidentiality=contact.confidentiality,
        )
        touches.log(touch, by=contact.added_by, form_key=uuid4())

    def _present_at_the_newest_meeting(self, person: OrganisationContact) -> None:
        dana = self.cast.people["dana"]
        rows = Interaction.objects.editable_by(dana).logged().exportable().filter(logged_by=dana)
        if newest := rows.order_by("-occurred_on", "-pk").first():
            touches.note_presence(newest, by=dana, organisation=person.organisation, contact=person)

    def _organisation(self, name: str) -> Organisation:
        return Organisation.objects.get(name=name)

    def _day(self, days: int) -> date:
        return self.today + timedelta(days=days)

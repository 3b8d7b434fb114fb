"""Materials of the demo: one in both languages, one under a position, one only in English, one archived."""

from datetime import datetime, timedelta

from advocacy.interactions.models import Interaction
from advocacy.kernel.zones import today_in
from advocacy.portal.demo.society import Cast
from advocacy.positions.actions import materials
from advocacy.positions.models import Issue, Material, MaterialKind, Position

_LEAVE_BEHIND = (
    "One visit in four breaks off where broadband ends. Let a telephone visit count, and ask for a report after "
    "two years."
)
_LEAVE_BEHIND_FR = (
    "Une consultation sur quatre s’interrompt là où s’arrête le haut débit. Que la consultation par téléphone "
    "compte, avec un bilan après deux ans."
)
_SCRIPT = "Say who you are and where you live. Tell one story. Make the ask. Thank them, and leave the page."


class MaterialBuilder:
    """Everything happens as people do it."""

    def __init__(self, *, cast: Cast, now: datetime) -> None:
        self.cast, self.today = cast, today_in("America/Chicago", now)
        self.issue = Issue.objects.filter(title_en__icontains="connected").first() or Issue.objects.first()

    def build(self) -> None:
        visits = self._material(
            "Leave-behind on video visits", MaterialKind.LEAVE_BEHIND,
            title_fr="Aide-mémoire sur les consultations vidéo", issue=self.issue,
        )  # fmt: skip
        self._written(visits, "en", "Broadband ends where the county road does.", 60)
        self._written(visits, "en", _LEAVE_BEHIND, 12)
        self._written(visits, "fr", _LEAVE_BEHIND_FR, 10)
        self._was_left(visits)
        script = self._material("What to say in ten minutes", MaterialKind.SCRIPT)
        self._written(script, "en", _SCRIPT, 14)
        self._under_a_position()
        old = self._material("Numbers of two years ago", MaterialKind.FACT_SHEET, issue=self.issue)
        self._written(old, "en", "Out of date.", 200)
        materials.archive(old, by=self.cast.people["dana"], on=self.today - timedelta(days=20))

    def _under_a_position(self) -> None:
        """Talking points on the first measure of which the chapter may speak."""
        chapter = self.cast.chapters["gulf-prairie"]
        held = (
            Position.objects.usable().filter(chapter=chapter).select_related("measure").order_by("pk").first()
        )
        if held:
            points = self._material(
                f"Talking points on {held.measure.number}", MaterialKind.TALKING_POINTS, measure=held.measure
            )
            self._written(points, "en", held.rationale or str(held.measure.title), 9)

    def _was_left(self, visits: Material) -> None:
        """In the newest meetings of its chapter whose report speaks of a leave-behind."""
        said = Interaction.objects.logged().filter(chapter=visits.chapter, materials_left="Leave-behind")
        visits.interactions.set(said.order_by("-occurred_on", "pk")[:3])

    def _material(self, title: str, kind: str, **fields: object) -> Material:
        row = Material(title=title, kind=kind, chapter=self.cast.chapters["gulf-prairie"], **fields)
        return materials.keep(row, by=self.cast.people["dana"], on=self.today - timedelta(days=200))

    def _written(self, material: Material, language: str, text: str, days: int) -> None:
        on = self.today - timedelta(days=days)
        materials.write(material, by=self.cast.people["dana"], on=on, language=language, text=text)

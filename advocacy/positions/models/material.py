"""What we leave, send or say: leave-behinds, talking points, briefs, by language and version (DOMAIN.md §2, §9.7)."""

import uuid
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from advocacy.accounts.models import Language
from advocacy.kernel.folding import fold, terms
from advocacy.positions.errors import NotUsable
from advocacy.positions.models.issue import Issue
from advocacy.positions.models.position import Position
from legislation.models import Measure
from legislation.models.public_record import in_language
from members.access import reach_of
from members.confidentiality import Confidentiality
from members.models import Chapter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from advocacy.accounts.models import User

# What is made to be handed out is no secret; what a chapter still works on is its own until then.
LEVELS = (Confidentiality.SHARED, Confidentiality.CHAPTER)


class MaterialKind(models.TextChoices):
    LEAVE_BEHIND = "leave_behind", _("Leave-behind")
    TALKING_POINTS = "talking_points", _("Talking points")
    ISSUE_BRIEF = "issue_brief", _("Issue brief")
    FACT_SHEET = "fact_sheet", _("Fact sheet")
    SCRIPT = "script", _("Script")


class MaterialQuerySet(models.QuerySet["Material"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """What is shared everybody with a role; a chapter's own who reads the chapter, and who wrote it; staff all."""
        reach = reach_of(user)
        if reach.is_empty:
            return self.none()
        if reach.is_staff:
            return self.all()
        own = Q(added_by=reach.person_id, chapter__in=reach.belongs_to)
        return self.filter(Q(confidentiality=Confidentiality.SHARED) | Q(chapter__in=reach.reads) | own)

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """Its chapter's advocates, and who wrote it while they log there; the society's the lead; staff all."""
        reach = reach_of(user)
        if reach.is_staff:
            return self.all()
        own = Q(added_by=reach.person_id, chapter__in=reach.logs_for)
        nation = Q(chapter=None) if reach.is_lead else Q(pk__in=())
        return self.filter(Q(chapter__in=reach.advocate_of) | own | nation)

    def current(self) -> Self:
        return self.filter(archived_on=None)

    def usable(self) -> Self:
        """What may be handed out today: written, not archived, and about a measure only under a usable position."""
        positions = Position.objects.usable().order_by().values("pk")
        written = MaterialVersion.objects.filter(material=OuterRef("pk"))
        return self.current().filter(Q(measure=None) | Q(position__in=positions), Exists(written))

    def shared(self) -> Self:
        return self.filter(confidentiality=Confidentiality.SHARED)

    def to_hand_out(self) -> Self:
        """Usable, and shared: what goes from hand to hand is nothing that only a chapter may read."""
        return self.usable().shared()

    def in_a_language(self, language: str) -> Self:
        return self.filter(Exists(MaterialVersion.objects.filter(material=OuterRef("pk"), language=language)))

    def with_current_versions(self) -> Self:
        """Adds `current_versions`: the newest in each language, without its text, in one query more."""
        newest = MaterialVersion.objects.current().defer("text").order_by("language")
        return self.prefetch_related(Prefetch("versions", newest, to_attr="current_versions"))

    def search(self, text: str) -> Self:
        """Those whose title in either language holds every word, whatever its accents or case."""
        found = self
        for term in terms(text):
            found = found.filter(search_text__contains=term)
        return found


class Material(models.Model):
    """One paper or aid, whatever its languages: a version of it is what somebody holds in their hands.

    About a measure it rests on an approved position, and is used only while that position may be. `form_key` makes
    saving idempotent.
    """

    # Only on rows of `with_current_versions`.
    current_versions: "list[MaterialVersion]"

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=160)
    title_fr = models.CharField(_("title in French"), max_length=160, blank=True)
    kind = models.CharField(_("kind"), max_length=14, choices=MaterialKind.choices)
    issue = models.ForeignKey(
        Issue,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name=_("issue"),
    )
    measure = models.ForeignKey(
        Measure,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name=_("measure"),
    )
    position = models.ForeignKey(
        Position,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name=_("under the position"),
    )
    chapter = models.ForeignKey(
        Chapter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="materials",
        verbose_name=_("chapter"),
        help_text=_("Empty: the society itself."),
    )
    confidentiality = models.CharField(
        _("who may read this"),
        max_length=12,
        choices=[(level, Confidentiality(level).label) for level in LEVELS],
        default=Confidentiality.SHARED,
        help_text=_("Only what is shared is handed out."),
    )
    archived_on = models.DateField(_("archived on"), null=True, blank=True, editable=False)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("archived by"),
    )
    added_on = models.DateField(_("added on"), editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )
    search_text = models.CharField(max_length=340, editable=False, default="")

    objects: ClassVar[models.Manager["Material"]] = models.Manager.from_queryset(MaterialQuerySet)()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["search_text", "pk"]  # folded, so that É stands beside E
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=MaterialKind.values, confidentiality__in=LEVELS),
                name="positions_material_has_a_known_kind_and_level",
                violation_error_message=_("Choose one of the kinds, and shared or chapter only."),
            ),
            models.CheckConstraint(
                condition=Q(chapter__isnull=False) | Q(confidentiality=Confidentiality.SHARED),
                name="positions_material_of_the_society_is_shared",
                violation_error_message=_("What the society itself hands out is shared."),
            ),
            models.CheckConstraint(
                condition=Q(measure=None, position=None) | Q(measure__isnull=False, position__isnull=False),
                name="positions_material_on_a_measure_rests_on_a_position",
                violation_error_message=_("A material about a measure rests on a position on it."),
            ),
            models.CheckConstraint(
                condition=Q(archived_on=None, archived_by=None)
                | Q(archived_on__isnull=False, archived_by__isnull=False),
                name="positions_material_archived_on_and_by_go_together",
                violation_error_message=_("What is archived says when, and by whom."),
            ),
        ]

    def __str__(self) -> str:
        return self.title_in(get_language() or "en")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_text = fold(f"{self.title} {self.title_fr}")[:340]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("materials:material_detail", args=[self.pk])

    def title_in(self, language: str) -> str:
        return in_language(language, self.title, self.title_fr)

    @property
    def holder(self) -> str:
        return str(self.chapter) if self.chapter else gettext("Society")

    def version_in(self, language: str) -> "MaterialVersion | None":
        """The newest for this reader; where none is in their language, that of another. For `with_current_versions`."""
        own = (one for one in self.current_versions if one.language == language[:2])
        return next(own, next(iter(self.current_versions), None))

    def missing_for(self, language: str) -> str:
        """Empty where it exists in this language; else which one there is, in words. For `with_current_versions`."""
        found = self.version_in(language)
        if found is None:
            return gettext("not written yet")
        if found.language == language[:2]:
            return ""
        return gettext("in English only") if found.language == Language.ENGLISH else gettext("in French only")

    @property
    def missing_here(self) -> str:
        """For whoever reads the page."""
        return self.missing_for(get_language() or "en")

    @property
    def languages_in_words(self) -> str:
        """“English 2, French 1”: the newest number in each. For `with_current_versions`."""
        return ", ".join(str(one) for one in self.current_versions)


class MaterialVersionQuerySet(models.QuerySet["MaterialVersion"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        return self.filter(material__in=Material.objects.visible_to(user).order_by().values("pk"))

    def current(self) -> Self:
        """The newest of each material and language."""
        later = MaterialVersion.objects.filter(
            material=OuterRef("material"), language=OuterRef("language"), number__gt=OuterRef("number")
        )
        return self.filter(~Exists(later))


class MaterialVersion(models.Model):
    """The words in one language, in text, as a file kept elsewhere, or both. Nothing is overwritten."""

    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    material = models.ForeignKey(
        Material, on_delete=models.CASCADE, related_name="versions", verbose_name=_("material")
    )
    language = models.CharField(_("language"), max_length=2, choices=Language.choices)
    number = models.PositiveSmallIntegerField(_("version"))
    text = models.TextField(_("text"), max_length=20_000, blank=True, help_text=_("In plain words."))
    link = models.URLField(
        _("link to the file"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("Where the file is kept, beginning with https."),
    )
    written_on = models.DateField(_("written on"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )

    objects: ClassVar[models.Manager["MaterialVersion"]] = models.Manager.from_queryset(
        MaterialVersionQuerySet
    )()

    class Meta:
        verbose_name = _("version of a material")
        verbose_name_plural = _("versions of materials")
        ordering = ["material", "language", "-number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["material", "language", "number"],
                name="positions_materialversion_number_once_in_a_language",
                violation_error_message=_("This version is on record already."),
            ),
            models.CheckConstraint(
                condition=Q(language__in=Language.values, number__gte=1),
                name="positions_materialversion_has_a_known_language_and_number",
                violation_error_message=_("Choose one of the languages; versions are counted from one."),
            ),
            models.CheckConstraint(
                condition=~Q(text="", link=""),
                name="positions_materialversion_has_a_text_or_a_link",
                violation_error_message=_("Write the text, or say where the file is kept."),
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"),
                name="positions_materialversion_link_is_https",
                violation_error_message=_("A link begins with https://."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_language_display()} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Nothing is written in the name of a position that may not be used, whichever way the row comes in."""
        usable = Position.objects.usable().order_by().values("pk")
        about = Material.objects.filter(pk=self.material_id, position__isnull=False)
        if self._state.adding and about.exclude(position__in=usable).exists():
            raise NotUsable
        super().save(*args, **kwargs)

"""Where a fact comes from, what each source last said, and what each run changed."""

from datetime import date

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from legislation.models.jurisdiction import Jurisdiction
from legislation.models.public_record import PublicRecordQuerySet


class SourceQuerySet(PublicRecordQuerySet["Source"]):
    def are_invented(self) -> bool:
        """Whether the record is the demo's: real officials do not come beside invented ones."""
        return self.filter(key=Source.INVENTED).exists()


class Source(models.Model):
    """Who says so: a publisher of the public record, our own staff, or the demo."""

    INVENTED, OWN = "demo", "own"

    key = models.SlugField(_("key"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    url = models.URLField(_("address"), blank=True)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    attribution = models.CharField(
        _("attribution"),
        max_length=300,
        blank=True,
        help_text=_("Shown wherever facts of this source are shown."),
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class RecordKind(models.TextChoices):
    PERSON = "person", _("Person")
    COMMITTEE = "committee", _("Committee")
    MEASURE = "measure", _("Measure")
    # Only one that comes apart from its measure.
    ROLL_CALL = "roll_call", _("Roll call")


class SourceRecord(models.Model):
    """One record of one source, as we last saw it.

    `content_hash` is empty where the record must be read again although it has not changed, because something
    it points at was unknown. `missing_since` says when the source stopped listing it; the person stays.
    `gives` names the lists of a measure that this source knows: a lesser source does not replace those.
    """

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="records", verbose_name=_("source")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=RecordKind.choices, default=RecordKind.PERSON)
    external_id = models.CharField(_("id at the source"), max_length=120)
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("jurisdiction")
    )
    content_hash = models.CharField(max_length=64, blank=True)
    gives = models.CharField(max_length=80, blank=True, editable=False, default="", db_default="")
    first_seen_at = models.DateTimeField(_("first seen"))
    last_seen_at = models.DateTimeField(_("last seen"))
    missing_since = models.DateTimeField(_("missing since"), null=True, blank=True)
    official = models.ForeignKey(
        "legislation.Official",
        on_delete=models.PROTECT,
        null=True,
        related_name="source_records",
        verbose_name=_("official"),
    )
    committee = models.ForeignKey(
        "legislation.Committee",
        on_delete=models.PROTECT,
        null=True,
        related_name="source_records",
        verbose_name=_("committee"),
    )
    measure = models.ForeignKey(
        "legislation.Measure",
        on_delete=models.CASCADE,
        null=True,
        related_name="source_records",
        verbose_name=_("measure"),
    )

    objects = PublicRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("source record")
        verbose_name_plural = _("source records")
        ordering = ["source", "external_id", "pk"]
        indexes = [
            models.Index(fields=["source", "jurisdiction"], name="legislation_record_scope"),
            # Whether somebody's own record is fresh is asked of a whole directory at once.
            models.Index(fields=["official", "source"], name="legislation_record_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "external_id"],
                name="legislation_sourcerecord_is_unique_in_its_source",
                violation_error_message=_("This source has a record with this id already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.external_id}"

    def data_as_of(self) -> date:
        return self.last_seen_at.date()


class ImportRun(models.Model):
    """One run of an importer: what it read, what it changed, what it refused, and who started it."""

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="runs", verbose_name=_("source")
    )
    label = models.CharField(_("read from"), max_length=200, help_text=_("The last part of the path."))
    upstream_date = models.DateField(
        _("newest fact"), null=True, blank=True, help_text=_("The newest date the files themselves state.")
    )
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
    )
    counts = models.JSONField(_("counts"), default=dict)
    report = models.JSONField(_("report"), default=dict, encoder=DjangoJSONEncoder)
    dry_run = models.BooleanField(_("changed nothing on purpose"), default=False)

    objects = PublicRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(finished_at=None) | models.Q(finished_at__gte=models.F("started_at")),
                name="legislation_importrun_finishes_after_it_starts",
                violation_error_message=_("A run cannot finish before it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.label} ({self.started_at:%Y-%m-%d %H:%M})"

import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("legislation", "0003_feeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportChangeSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope_name", models.CharField(max_length=200, verbose_name="about")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for a decision"),
                            ("applied", "Applied"),
                            ("rejected", "Rejected"),
                            ("undone", "Undone"),
                            ("superseded", "Overtaken by a newer import"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "day",
                    models.DateField(
                        help_text="Ends that the source does not date count from here.",
                        verbose_name="found on",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("rows_written", models.PositiveIntegerField(default=0, verbose_name="rows written")),
                ("counts", models.JSONField(default=dict, verbose_name="counts")),
                ("fingerprint", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "was_forced",
                    models.BooleanField(default=False, verbose_name="believed against the checks"),
                ),
                ("snapshot", models.BinaryField(default=b"")),
                ("images", models.BinaryField(default=b"")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty where the rule decided.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="legislation.jurisdiction",
                        verbose_name="jurisdiction",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_sets",
                        to="legislation.importrun",
                        verbose_name="import run",
                    ),
                ),
                (
                    "safe_part",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rest",
                        to="legislation.importchangeset",
                        verbose_name="the part that was applied at once",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_sets",
                        to="legislation.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="undone by",
                    ),
                ),
            ],
            options={
                "verbose_name": "change set",
                "verbose_name_plural": "change sets",
                "ordering": ["-made_at", "-pk"],
                "indexes": [
                    models.Index(
                        fields=["source", "jurisdiction", "state"], name="legislation_changeset_scope"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("state", "proposed")),
                            models.Q(
                                models.Q(("state", "proposed"), _negated=True), ("decided_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="legislation_changeset_decided_says_when",
                        violation_error_message="A change set is either waiting, or says when it was decided.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "rejected"), _negated=True),
                            models.Q(models.Q(("reason", ""), _negated=True), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="legislation_changeset_rejected_says_why",
                        violation_error_message="Say why it is rejected.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "undone"),
                                ("undone_at__isnull", False),
                                ("undone_by__isnull", False),
                            ),
                            models.Q(
                                models.Q(("state", "undone"), _negated=True),
                                ("undone_at", None),
                                ("undone_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="legislation_changeset_undone_says_who_and_when",
                        violation_error_message="An undone change set says who undid it and when.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("source", "jurisdiction"),
                        name="legislation_changeset_one_waits_per_jurisdiction",
                        violation_error_message="A change set of this source waits for this jurisdiction already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("left", "Left office"),
                            ("joined", "Joined"),
                            ("moved_seat", "Moved seat"),
                            ("vacancy", "Seat becomes vacant"),
                            ("vanished", "No longer listed"),
                            ("reappeared", "Listed again"),
                            ("changed_party", "Changed party"),
                            ("changed_office", "Changed office"),
                            ("changed", "Changed"),
                            ("added", "Added"),
                            ("unmatched", "Not matched"),
                        ],
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("record", models.CharField(blank=True, max_length=200, verbose_name="id at the source")),
                ("detail", models.TextField(blank=True, verbose_name="detail")),
                ("said", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "before",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="before",
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="after",
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="legislation.official",
                        verbose_name="official",
                    ),
                ),
                (
                    "change_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="legislation.importchangeset",
                        verbose_name="change set",
                    ),
                ),
            ],
            options={
                "verbose_name": "change",
                "verbose_name_plural": "changes",
                "ordering": ["change_set", "kind", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="LeaverDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("model", models.CharField(max_length=80, verbose_name="table")),
                ("object_id", models.PositiveBigIntegerField(verbose_name="row")),
                ("label", models.CharField(max_length=300, verbose_name="what")),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("open", "Not decided"),
                            ("keep_for_successor", "Keep for the successor"),
                            ("keep_for_person", "Keep for the person"),
                            ("close", "Close"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="decision",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "change_set",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty where the import was applied as it ran.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="leaver_decisions",
                        to="legislation.importchangeset",
                        verbose_name="change set",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.official",
                        verbose_name="who left",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        help_text="To whom it was given.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.official",
                        verbose_name="successor",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision about a leaver",
                "verbose_name_plural": "decisions about leavers",
                "ordering": ["official", "kind", "pk"],
                "indexes": [
                    models.Index(fields=["decision", "kind", "object_id"], name="legislation_leaver_open")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "open")),
                        fields=("kind", "object_id", "official"),
                        name="legislation_leaverdecision_is_open_once",
                        violation_error_message="This is listed for decision already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("decision", "open")),
                            models.Q(
                                models.Q(("decision", "open"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="legislation_leaverdecision_decided_by_and_at_go_together",
                        violation_error_message="A decision says who decided and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "keep_for_successor"), ("successor__isnull", False)),
                            models.Q(
                                models.Q(("decision", "keep_for_successor"), _negated=True),
                                ("successor", None),
                            ),
                            _connector="OR",
                        ),
                        name="legislation_leaverdecision_successor_is_named",
                        violation_error_message="What is kept for the successor names the successor.",
                    ),
                ],
            },
        ),
    ]

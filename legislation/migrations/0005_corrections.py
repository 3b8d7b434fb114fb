import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("legislation", "0004_change_sets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("model", models.CharField(max_length=80, verbose_name="table")),
                ("object_id", models.PositiveBigIntegerField(verbose_name="row")),
                (
                    "fact",
                    models.CharField(
                        help_text="The first of the fields.", max_length=40, verbose_name="fact"
                    ),
                ),
                (
                    "before",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="value before"
                    ),
                ),
                (
                    "corrected",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="our value"
                    ),
                ),
                (
                    "source_said",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="what the source said then",
                    ),
                ),
                (
                    "source_now_says",
                    models.JSONField(
                        blank=True,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="what the source says now",
                    ),
                ),
                ("source_now_on", models.DateField(blank=True, null=True, verbose_name="says so since")),
                ("needs_review", models.BooleanField(default=False, verbose_name="to review")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in_force", "In force"),
                            ("reviewed_kept", "Reviewed: ours was kept"),
                            ("reviewed_dropped", "Reviewed: the source’s was taken"),
                        ],
                        default="in_force",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("made_at", models.DateTimeField(verbose_name="made")),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="reviewed")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="legislation.official",
                        verbose_name="official",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewed by",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction",
                "verbose_name_plural": "corrections",
                "ordering": ["-needs_review", "-made_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["in_force", "reviewed_kept"])),
                        fields=("model", "object_id", "fact"),
                        name="legislation_correction_holds_once_for_a_fact",
                        violation_error_message="This fact has a correction already; change that one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="legislation_correction_has_a_reason",
                        violation_error_message="Say why the record is wrong.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reviewed_at", None), ("reviewed_by", None)),
                            models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="legislation_correction_reviewed_by_and_at_go_together",
                        violation_error_message="A review says who and when.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("needs_review", False), ("source_now_on__isnull", False), _connector="OR"
                        ),
                        name="legislation_correction_review_has_news",
                        violation_error_message="Only a correction whose source says something new is reviewed.",
                    ),
                ],
            },
        ),
    ]

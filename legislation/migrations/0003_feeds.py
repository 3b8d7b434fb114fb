import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("legislation", "0002_map_editions")]

    operations = [
        migrations.CreateModel(
            name="Feed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_on", models.BooleanField(default=False, verbose_name="fetched on schedule")),
                (
                    "every_hours",
                    models.PositiveSmallIntegerField(
                        default=24,
                        help_text="In hours.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(744),
                        ],
                        verbose_name="every",
                    ),
                ),
                (
                    "most_calls_a_day",
                    models.PositiveIntegerField(default=200, verbose_name="most requests a day"),
                ),
                ("next_run_at", models.DateTimeField(blank=True, null=True, verbose_name="next run")),
                ("last_tried_at", models.DateTimeField(blank=True, null=True, verbose_name="last try")),
                ("last_success_at", models.DateTimeField(blank=True, null=True, verbose_name="last success")),
                ("last_changed_at", models.DateTimeField(blank=True, null=True, verbose_name="last change")),
                ("rows", models.PositiveIntegerField(blank=True, null=True, verbose_name="rows")),
                ("failures", models.PositiveSmallIntegerField(default=0, verbose_name="failures in a row")),
                ("error", models.TextField(blank=True, verbose_name="last error")),
                ("validators", models.JSONField(blank=True, default=dict, editable=False)),
                ("calls", models.PositiveIntegerField(default=0, verbose_name="requests today")),
                ("calls_on", models.DateField(blank=True, editable=False, null=True)),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feed",
                        to="legislation.source",
                        verbose_name="source",
                    ),
                ),
            ],
            options={
                "verbose_name": "feed",
                "verbose_name_plural": "feeds",
                "ordering": ["source__name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("error", ""), ("failures", 0)),
                            models.Q(("failures__gt", 0), models.Q(("error", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="legislation_feed_failure_and_error_go_together",
                        violation_error_message="A feed that failed, and only that, says what went wrong.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("every_hours__gte", 1)),
                        name="legislation_feed_is_fetched_at_most_hourly",
                        violation_error_message="A feed is fetched at most once an hour.",
                    ),
                ],
            },
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("legislation", "0012_session_sweep"),
    ]

    operations = [
        migrations.AddField(
            model_name="feed",
            name="notice",
            field=models.TextField(
                blank=True,
                help_text="No failure: why nothing, or not all, is fetched.",
                verbose_name="what it waits for",
            ),
        ),
        migrations.CreateModel(
            name="FeedSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "is_chosen",
                    models.BooleanField(
                        default=True,
                        help_text="Otherwise only while somebody tracks a measure of this session.",
                        verbose_name="always asked for",
                    ),
                ),
                (
                    "last_good_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="last read to its end"
                    ),
                ),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="legislation.feed",
                        verbose_name="feed",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feeds",
                        to="legislation.legislativesession",
                        verbose_name="session",
                    ),
                ),
            ],
            options={
                "verbose_name": "session of a feed",
                "verbose_name_plural": "sessions of feeds",
                "ordering": ["feed", "session", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("feed", "session"),
                        name="legislation_feedsession_is_listed_once",
                        violation_error_message="This feed has this session already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=120, verbose_name="about")),
                ("version", models.CharField(blank=True, max_length=120, verbose_name="version")),
                (
                    "answer_hash",
                    models.CharField(blank=True, max_length=64, verbose_name="fingerprint of the answer"),
                ),
                ("seen_at", models.DateTimeField(verbose_name="seen at")),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="legislation.feedsession",
                        verbose_name="session of a feed",
                    ),
                ),
            ],
            options={
                "verbose_name": "mark of a feed",
                "verbose_name_plural": "marks of feeds",
                "ordering": ["reading", "subject", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reading", "subject"),
                        name="legislation_feedmark_is_kept_once",
                        violation_error_message="This feed has a mark about this already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject", ""), _negated=True),
                        name="legislation_feedmark_is_about_something",
                        violation_error_message="A mark is about something.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedCalls",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        choices=[
                            ("minute", "a minute"),
                            ("hour", "an hour"),
                            ("day", "a day"),
                            ("month", "a month"),
                        ],
                        max_length=6,
                        verbose_name="period",
                    ),
                ),
                ("starts_at", models.DateTimeField(verbose_name="starts at")),
                ("calls", models.PositiveIntegerField(default=0, verbose_name="requests")),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calls_made",
                        to="legislation.feed",
                        verbose_name="feed",
                    ),
                ),
            ],
            options={
                "verbose_name": "requests of a feed",
                "verbose_name_plural": "requests of feeds",
                "ordering": ["feed", "-starts_at", "period", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("feed", "period", "starts_at"),
                        name="legislation_feedcalls_are_counted_in_one_place",
                        violation_error_message="The requests of this period are counted already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("period__in", ["minute", "hour", "day", "month"])),
                        name="legislation_feedcalls_have_a_known_period",
                        violation_error_message="Choose one of the periods.",
                    ),
                ],
            },
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


def rank_and_remember(apps, schema_editor):
    """Ties from before: the first of a chapter goes first, and each remembers the seat of the day it began."""
    KeyContact = apps.get_model("interactions", "KeyContact")
    Tenure = apps.get_model("legislation", "Tenure")
    named = set()
    for tie in KeyContact.objects.order_by("starts_on", "pk"):
        day = tie.starts_on
        held = Tenure.objects.filter(
            Q(starts_on=None) | Q(starts_on__lte=day),
            Q(ends_on=None) | Q(ends_on__gt=day) | Q(end_is_expected=True),
            official=tie.official_id,
        ).order_by(F("starts_on").desc(nulls_last=True), "-pk")
        newest = held.first()
        tie.seat_id = newest.seat_id if newest else None
        if tie.ends_on is None and (tie.chapter_id, tie.official_id) not in named:
            named.add((tie.chapter_id, tie.official_id))
            tie.rank = "primary"
        tie.save(update_fields=["seat", "rank"])


class Migration(migrations.Migration):
    dependencies = [
        ("interactions", "0003_meeting_requests"),
        ("legislation", "0005_corrections"),
        ("members", "0003_territory_divisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Survey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        help_text="The calendar year in which the society's year began, on 1 July.",
                        verbose_name="year",
                    ),
                ),
            ],
            options={
                "verbose_name": "relationship survey",
                "verbose_name_plural": "relationship surveys",
                "ordering": ["-year", "person", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SurveyAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("constituent", "Constituent"),
                            ("colleague", "Colleague"),
                            ("patient_or_clinician", "Patient or clinician"),
                            ("school", "School"),
                            ("faith_or_civic", "Faith or civic group"),
                            ("former_staff", "Former staff"),
                            ("neighbour", "Neighbour"),
                            ("professional", "Professional contact"),
                            ("met_through_chapter", "Met through the chapter"),
                        ],
                        max_length=20,
                        verbose_name="how they know each other",
                    ),
                ),
                (
                    "strength",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "1 · no contact yet"),
                            (2, "2 · staff know our name"),
                            (3, "3 · met, recognises the chapter"),
                            (4, "4 · takes our calls, asks our view"),
                            (5, "5 · champion, on first-name terms"),
                        ],
                        verbose_name="strength",
                    ),
                ),
                (
                    "calls_within_a_day",
                    models.BooleanField(default=False, verbose_name="would call within a day"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "Waits for review"),
                            ("accepted", "Accepted"),
                            ("merged", "Merged with the key contact on record"),
                            ("rejected", "Not accepted"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("answered_on", models.DateField(verbose_name="answered")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
            ],
            options={
                "verbose_name": "answer to the survey",
                "verbose_name_plural": "answers to the survey",
                "ordering": ["answered_on", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="relationshipscore",
            name="interactions_relationshipscore_once_a_day",
        ),
        migrations.AddField(
            model_name="keycontact",
            name="end_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="why it ended"),
        ),
        migrations.AddField(
            model_name="keycontact",
            name="rank",
            field=models.CharField(
                choices=[("primary", "Primary"), ("secondary", "Secondary")],
                default="secondary",
                max_length=10,
                verbose_name="rank",
            ),
        ),
        migrations.AddField(
            model_name="keycontact",
            name="seat",
            field=models.ForeignKey(
                blank=True,
                help_text="The seat the official held when it began. Empty: for the person, whatever they hold.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="legislation.seat",
                verbose_name="for the seat",
            ),
        ),
        migrations.AddField(
            model_name="keycontact",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.jurisdictionteam",
                verbose_name="also primary for the team",
            ),
        ),
        migrations.AddField(
            model_name="relationshipscore",
            name="basis",
            field=models.CharField(
                blank=True,
                choices=[
                    ("constituent", "Constituent"),
                    ("colleague", "Colleague"),
                    ("patient_or_clinician", "Patient or clinician"),
                    ("school", "School"),
                    ("faith_or_civic", "Faith or civic group"),
                    ("former_staff", "Former staff"),
                    ("neighbour", "Neighbour"),
                    ("professional", "Professional contact"),
                    ("met_through_chapter", "Met through the chapter"),
                ],
                max_length=20,
                verbose_name="how they know each other",
            ),
        ),
        migrations.AddField(
            model_name="relationshipscore",
            name="calls_within_a_day",
            field=models.BooleanField(default=False, verbose_name="would call within a day"),
        ),
        migrations.AddField(
            model_name="relationshipscore",
            name="staffer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="legislation.staffer",
                verbose_name="through",
            ),
        ),
        migrations.RunPython(rank_and_remember, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="keycontact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None), ("rank", "primary")),
                fields=("chapter", "official"),
                name="interactions_keycontact_one_primary_per_chapter",
                violation_error_message="The chapter has a primary key contact with this official already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="keycontact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on", None), ("team__isnull", False)),
                fields=("team", "official"),
                name="interactions_keycontact_one_primary_per_team",
                violation_error_message="The team has a primary key contact with this official already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="keycontact",
            constraint=models.CheckConstraint(
                condition=models.Q(("team", None), ("rank", "primary"), _connector="OR"),
                name="interactions_keycontact_of_a_team_is_primary",
                violation_error_message="Who speaks for the team is a primary key contact.",
            ),
        ),
        migrations.AddConstraint(
            model_name="keycontact",
            constraint=models.CheckConstraint(
                condition=models.Q(("end_reason", ""), ("ends_on__isnull", False), _connector="OR"),
                name="interactions_keycontact_reason_only_with_an_end",
                violation_error_message="Only a key contact that has ended has a reason for its end.",
            ),
        ),
        migrations.AddConstraint(
            model_name="relationshipscore",
            constraint=models.UniqueConstraint(
                condition=models.Q(("staffer", None)),
                fields=("official", "person", "said_on"),
                name="interactions_relationshipscore_once_a_day",
                violation_error_message="This relationship has been judged today already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="relationshipscore",
            constraint=models.UniqueConstraint(
                condition=models.Q(("staffer__isnull", False)),
                fields=("staffer", "person", "said_on"),
                name="interactions_relationshipscore_of_a_staffer_once_a_day",
                violation_error_message="This relationship has been judged today already.",
            ),
        ),
        migrations.AddField(
            model_name="survey",
            name="chapter",
            field=models.ForeignKey(
                help_text="Whose advocates review the answers.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.chapter",
                verbose_name="chapter",
            ),
        ),
        migrations.AddField(
            model_name="survey",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddField(
            model_name="surveyanswer",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="surveyanswer",
            name="official",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="legislation.official",
                verbose_name="official",
            ),
        ),
        migrations.AddField(
            model_name="surveyanswer",
            name="score",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="interactions.relationshipscore",
            ),
        ),
        migrations.AddField(
            model_name="surveyanswer",
            name="staffer",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="legislation.staffer",
                verbose_name="through",
            ),
        ),
        migrations.AddField(
            model_name="surveyanswer",
            name="survey",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="interactions.survey"
            ),
        ),
        migrations.AddField(
            model_name="surveyanswer",
            name="tie",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="interactions.keycontact",
            ),
        ),
        migrations.AddConstraint(
            model_name="survey",
            constraint=models.UniqueConstraint(
                fields=("person", "year"),
                name="interactions_survey_once_a_year",
                violation_error_message="This person has a survey for this year already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("staffer", None)),
                fields=("survey", "official"),
                name="interactions_surveyanswer_names_an_official_once",
                violation_error_message="This official is on the list already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("staffer__isnull", False)),
                fields=("survey", "staffer"),
                name="interactions_surveyanswer_names_a_staffer_once",
                violation_error_message="This staffer is on the list already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("strength__gte", 1), ("strength__lte", 5)),
                name="interactions_surveyanswer_strength_is_one_to_five",
                violation_error_message="Scores go from 1 to 5.",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by", None), ("decided_on", None), ("state__in", ("draft", "sent"))),
                    models.Q(
                        models.Q(("state__in", ("draft", "sent")), _negated=True),
                        ("decided_by__isnull", False),
                        ("decided_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="interactions_surveyanswer_decided_by_and_on_go_together",
                violation_error_message="A decision says who decided and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("score__isnull", False), ("state__in", ("accepted", "merged"))),
                    models.Q(models.Q(("state__in", ("accepted", "merged")), _negated=True), ("score", None)),
                    _connector="OR",
                ),
                name="interactions_surveyanswer_is_on_record_when_accepted",
                violation_error_message="Only an accepted answer stands in the record.",
            ),
        ),
        migrations.AddConstraint(
            model_name="surveyanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "rejected"), models.Q(("reason", ""), _negated=True)),
                    models.Q(models.Q(("state", "rejected"), _negated=True), ("reason", "")),
                    _connector="OR",
                ),
                name="interactions_surveyanswer_rejected_has_a_reason",
                violation_error_message="Say why it is not accepted.",
            ),
        ),
    ]

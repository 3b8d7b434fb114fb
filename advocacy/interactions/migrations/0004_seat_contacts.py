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
        ("interactions", "0002_relationship_scores"),
        ("legislation", "0005_corrections"),
        ("members", "0003_territory_divisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0008_page"),
        ("interactions", "0006_whip_count"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="followup",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="campaign_letter",
                to="interactions.followup",
                verbose_name="follow-up of a request to meet",
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="reply_noted_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="reply noted"),
        ),
        migrations.AddField(
            model_name="letter",
            name="reply_noted_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="Empty: the supporter told us.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="reply noted by",
            ),
        ),
        migrations.AddField(
            model_name="participation",
            name="asked_back_at",
            field=models.DateTimeField(
                blank=True,
                editable=False,
                help_text="When they were asked, or left alone, weeks later: once.",
                null=True,
                verbose_name="looked at for “did they answer?”",
            ),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(
                condition=models.Q(("asked_back_at", None)),
                fields=["at"],
                name="campaigns_participation_to_ask",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reply", ""), ("reply_noted_at", None), ("reply_noted_by", None)),
                    models.Q(models.Q(("reply", ""), _negated=True), ("reply_noted_at__isnull", False)),
                    _connector="OR",
                ),
                name="campaigns_letter_reply_says_when_it_was_noted",
                violation_error_message="A reply says when it was noted.",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("asked_back_at", None), ("asked_back_at__gt", models.F("at")), _connector="OR"
                ),
                name="campaigns_participation_is_asked_back_afterwards",
                violation_error_message="Whether an office answered is asked after the letter.",
            ),
        ),
    ]

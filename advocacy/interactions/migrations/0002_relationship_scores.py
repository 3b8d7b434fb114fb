import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interactions", "0001_initial"),
        ("legislation", "0003_feeds"),
        ("members", "0003_territory_divisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RelationshipScore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "willingness",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="willingness to act",
                    ),
                ),
                (
                    "influence",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="influence",
                    ),
                ),
                ("said_on", models.DateField(verbose_name="said on")),
                (
                    "chapter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.chapter",
                        verbose_name="chapter",
                    ),
                ),
                (
                    "official",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.official",
                        verbose_name="official",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="whose relationship",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="said by",
                    ),
                ),
            ],
            options={
                "verbose_name": "relationship score",
                "verbose_name_plural": "relationship scores",
                "ordering": ["-said_on", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("official", "person", "said_on"),
                        name="interactions_relationshipscore_once_a_day",
                        violation_error_message="This relationship has been judged today already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("strength__gte", 1),
                            ("strength__lte", 5),
                            models.Q(
                                ("willingness", None),
                                models.Q(("willingness__gte", 1), ("willingness__lte", 5)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("influence", None),
                                models.Q(("influence__gte", 1), ("influence__lte", 5)),
                                _connector="OR",
                            ),
                        ),
                        name="interactions_relationshipscore_is_one_to_five",
                        violation_error_message="Scores go from 1 to 5.",
                    ),
                ],
            },
        ),
    ]

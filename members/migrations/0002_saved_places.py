import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("legislation", "0002_map_editions"),
        ("members", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedPlace",
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
                        choices=[("home", "I live there"), ("work", "I work there")],
                        default="home",
                        max_length=4,
                        verbose_name="why this place",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("zip", "ZIP code"),
                            ("zip4", "ZIP+4"),
                            ("postal_code", "Postal code"),
                            ("fsa", "First three characters of a postal code"),
                            ("address", "Street address"),
                            ("point", "Point on the map"),
                            ("manual", "Chosen by hand"),
                        ],
                        max_length=11,
                        verbose_name="found by",
                    ),
                ),
                ("remembered_on", models.DateField(verbose_name="remembered on")),
                ("consented_at", models.DateTimeField(verbose_name="agreed to at")),
                (
                    "street_address",
                    models.CharField(blank=True, default="", max_length=300, verbose_name="street address"),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_place",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved place",
                "verbose_name_plural": "saved places",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("street_address", ""), ("method", "address"), _connector="OR"),
                        name="members_savedplace_address_only_where_one_was_looked_up",
                        violation_error_message="Only an address that was looked up can be remembered.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedDistrict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "chamber_code",
                    models.CharField(
                        choices=[
                            ("upper", "Upper chamber"),
                            ("lower", "Lower chamber"),
                            ("legislature", "Legislature with one chamber"),
                            ("executive", "Executive"),
                            ("local", "City or town government"),
                        ],
                        max_length=11,
                        verbose_name="chamber",
                    ),
                ),
                ("edition_key", models.CharField(max_length=80)),
                ("edition_name", models.CharField(max_length=120, verbose_name="lines")),
                (
                    "division",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.division",
                        verbose_name="division",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="legislation.mapedition",
                        verbose_name="map edition",
                    ),
                ),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislation.jurisdiction",
                        verbose_name="jurisdiction",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="districts",
                        to="members.savedplace",
                        verbose_name="saved place",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved district",
                "verbose_name_plural": "saved districts",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("place", "jurisdiction", "chamber_code"),
                        name="members_saveddistrict_is_one_for_each_chamber",
                        violation_error_message="A saved place has one district in each chamber.",
                    )
                ],
            },
        ),
    ]

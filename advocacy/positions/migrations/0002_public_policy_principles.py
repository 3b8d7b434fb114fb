"""The eleven areas of the public policy principles, in both languages. Staff edit the list afterwards."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

AREAS = (
    ("Health equity", "Équité en santé"),
    (
        "Data privacy, security and cybersecurity",
        "Confidentialité, sécurité des données et cybersécurité",
    ),
    (
        "Interoperability, health information exchange and infrastructure",
        "Interopérabilité, échange de renseignements de santé et infrastructure",
    ),
    ("Connected health", "Santé connectée"),
    ("Quality, value, safety and outcomes", "Qualité, valeur, sécurité et résultats"),
    ("Clinical and administrative efficiency", "Efficacité clinique et administrative"),
    ("Innovation and research", "Innovation et recherche"),
    ("Patient activation and engagement", "Mobilisation et participation des patients"),
    (
        "Workforce development and economic growth",
        "Développement de la main-d’œuvre et croissance économique",
    ),
    ("Population and public health", "Santé des populations et santé publique"),
    (
        "Artificial intelligence and machine learning",
        "Intelligence artificielle et apprentissage automatique",
    ),
)


def add_areas(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    Issue = apps.get_model("positions", "Issue")
    for title_en, title_fr in AREAS:
        Issue.objects.using(schema_editor.connection.alias).get_or_create(
            title_en=title_en, defaults={"title_fr": title_fr}
        )


class Migration(migrations.Migration):
    dependencies = [("positions", "0001_initial")]

    operations = [
        # Going back leaves the areas in place: contacts may refer to them.
        migrations.RunPython(add_areas, migrations.RunPython.noop, elidable=False),
    ]

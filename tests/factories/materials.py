"""Materials: `written(paper(cast), "fr")` is one page with a French version."""

from typing import Any

from advocacy.positions.actions import materials
from advocacy.positions.models import Material, MaterialVersion
from tests.cast import TODAY, Cast


def paper(cast: Cast, title: str = "Records that follow the patient", **fields: Any) -> Material:
    """A leave-behind of Gulf Prairie that Dana keeps; without a version yet."""
    known: dict[str, Any] = {"kind": "leave_behind", "chapter": cast.gulf_prairie}
    row = Material(title=title, **(known | fields))
    return materials.keep(row, by=cast.jordan if row.chapter is None else cast.dana, on=TODAY)


def written(material: Material, language: str = "en", **fields: Any) -> MaterialVersion:
    known: dict[str, Any] = {"text": f"In {language}."}
    return materials.write(material, by=material.added_by, on=TODAY, language=language, **(known | fields))

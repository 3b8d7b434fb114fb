"""Files for paper, set by typst from a template of ours.

What people wrote goes in as JSON and is set as text, so that none of it can be markup. The time in the file is the
given moment: the same data gives the same bytes.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

_ACCESSIBLE = "ua-1"


def written(template: Path, name: str, data: object, *, moment: datetime) -> bytes:
    """A PDF for readers with and without eyes (PDF/UA-1); the template reads the data under this name.

    A sign that no font at hand can draw, say a rare emoji, may not stand in such a file: the file is then written all
    the same, with its tags but without the claim.
    """
    text = json.dumps(data, ensure_ascii=False)
    try:
        return _compiled(template, name, text, moment, [_ACCESSIBLE])
    except typst.TypstError:
        return _compiled(template, name, text, moment, [])


def _compiled(template: Path, name: str, text: str, moment: datetime, standards: list[Any]) -> bytes:
    return typst.compile(
        template,
        root=template.parent,
        format="pdf",
        sys_inputs={name: text},
        pdf_standards=standards,
        timestamp=int(moment.timestamp()),
    )

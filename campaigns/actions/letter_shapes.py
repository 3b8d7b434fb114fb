"""What is kept of each letter for comparing later ones."""

from collections.abc import Iterable

from campaigns import similarity
from campaigns.models import Campaign, LetterShape

_ROWS_AT_ONCE = 500


def add(campaign: Campaign, letters: Iterable[tuple[int, str]]) -> None:
    """Keeps the shapes of `letters`: the number of the participation, and the text as it went out.

    Two who add the same letter at once, or one who adds it again, leave one row: the first stands. A letter without
    words has no shape.
    """
    shapes = ((participation, similarity.shape_of(text)) for participation, text in letters)
    rows = [
        LetterShape(campaign=campaign, participation=participation, shape=similarity.to_bytes(shape))
        for participation, shape in shapes
        if shape
    ]
    LetterShape.objects.bulk_create(rows, batch_size=_ROWS_AT_ONCE, ignore_conflicts=True)

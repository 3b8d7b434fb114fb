"""Where each state and province stands on a map of equal squares: column and row, by abbreviation.

Drawn for the report: neighbours stand near each other, and Canada lies above the United States.
"""

GRID: dict[str, tuple[int, int]] = {
    "YT": (1, 0), "NT": (2, 0), "NU": (4, 0),
    "BC": (1, 1), "AB": (2, 1), "SK": (3, 1), "MB": (4, 1), "ON": (6, 1), "QC": (8, 1), "NB": (10, 1), "NL": (11, 0),
    "PE": (11, 1), "NS": (11, 2),
    "AK": (0, 2), "VT": (9, 2), "NH": (9, 3), "ME": (10, 2),
    "WA": (1, 3), "ID": (2, 3), "MT": (3, 3), "ND": (4, 3), "MN": (5, 3), "IL": (6, 4), "WI": (6, 3), "MI": (7, 3),
    "NY": (8, 3), "MA": (10, 3), "RI": (11, 4),
    "OR": (1, 4), "NV": (2, 5), "WY": (3, 4), "SD": (4, 4), "IA": (5, 4), "IN": (7, 4), "OH": (8, 4), "PA": (9, 4),
    "CT": (10, 4), "UT": (2, 4),
    "CA": (1, 5), "CO": (3, 5), "NE": (4, 5), "MO": (5, 5), "KY": (6, 5), "WV": (7, 5), "VA": (8, 5), "MD": (9, 5),
    "NJ": (10, 5), "DE": (11, 5),
    "AZ": (2, 6), "NM": (3, 6), "KS": (4, 6), "AR": (5, 6), "TN": (6, 6), "NC": (7, 6), "SC": (8, 6), "DC": (9, 6),
    "OK": (4, 7), "LA": (5, 7), "MS": (6, 7), "AL": (7, 7), "GA": (8, 7),
    "HI": (0, 7), "TX": (4, 8), "FL": (9, 8), "PR": (11, 8),
}  # fmt: skip
COLUMNS, ROWS = 12, 9

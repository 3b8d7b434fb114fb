"""Who represents a place: from a code or a point to districts, and from districts to the people in office."""

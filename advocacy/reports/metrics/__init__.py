"""Every metric of DOMAIN.md §6.3 that the record can answer, defined once."""

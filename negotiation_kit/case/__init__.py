"""The case as a person writes it: frozen records, one module a subject, visibility on each field."""

"""What follows from the facts of a case on a given day: pure functions on records, no files, no clock."""

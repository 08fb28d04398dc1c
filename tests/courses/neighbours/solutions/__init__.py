"""The package of a student, solved."""

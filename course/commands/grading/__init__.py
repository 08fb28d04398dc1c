"""Commands of an instructor who grades a class; a student's release lacks them."""

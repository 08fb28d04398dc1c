"""What the checks of each notebook expect, and what usual mistakes give."""

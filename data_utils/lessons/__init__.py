"""For each notebook: the values that its checks expect, and those of usual mistakes."""

"""Pictures that are drawn on the spot."""

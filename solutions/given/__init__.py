"""Given code: not yours to write."""

"""Commands of authors and of those who give the course; no release has them."""

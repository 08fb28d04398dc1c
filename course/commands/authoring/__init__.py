"""Commands of those who write and give the course: not in what is released."""

"""All of the course that the sandbox mounts, beside the student's process."""

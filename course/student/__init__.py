"""Daily work of a student: tasks, status, watch, submit."""

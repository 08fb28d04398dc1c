"""What a student does from day to day: tasks, status, watch, submit."""

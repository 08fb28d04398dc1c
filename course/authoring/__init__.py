"""For authors of a course: wrong answers, a sample class, a doctor, a course to begin with."""

"""Who takes the course, and the rules of a class: deadlines, late days, groups."""

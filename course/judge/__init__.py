"""From a Submission and a notebook to Outcomes."""

"""Read submissions: from files and archives to Submission."""

"""What is given to others: folders, branches, autograders, a sample class."""

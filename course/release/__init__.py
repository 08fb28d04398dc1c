"""Releases: folders, branches, autograders, a sample class."""

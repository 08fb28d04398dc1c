"""Hooks into IPython."""

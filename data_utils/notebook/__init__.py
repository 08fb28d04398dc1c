"""What hooks into IPython."""

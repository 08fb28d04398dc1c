"""The fast layers' ways to compute."""

"""What is behind the fast layers."""

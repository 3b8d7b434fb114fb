"""What people fill in about positions and testimony."""

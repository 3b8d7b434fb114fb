"""What is done to positions."""

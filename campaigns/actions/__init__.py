"""What is done to campaigns, to the people they reach, and in their names."""

"""What people fill in when they prepare and run a campaign."""

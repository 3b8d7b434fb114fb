"""What `python3 manage.py test` runs before and around pytest."""

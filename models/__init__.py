"""What we remember, and how to ask for it."""

"""How long the way takes, by which vehicle, and which meetings can be reached in time."""

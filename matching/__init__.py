"""Given one participant and a pool of opportunities, say which fit, which nearly fit, and why. No clock, no database, no network."""

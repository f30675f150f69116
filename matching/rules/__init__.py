"""One file, one rule: what must hold (constraints) and what makes a place good (criteria)."""

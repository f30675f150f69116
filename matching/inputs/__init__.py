"""What the engine is told: a place, a person, and the calendar both live by."""

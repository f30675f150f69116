"""From verdicts and points to the few places that are shown, and why the others are not."""

"""How data gets in from outside, and the sample municipality."""

"""Use cases: changes to what we remember, one function each, with no web framework."""

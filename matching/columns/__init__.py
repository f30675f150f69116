"""How many values stand beside one another: types, encodings, and facts of which a row has none, one or many."""

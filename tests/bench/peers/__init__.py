"""Other ways of asking the same question, from the one you would write first to the best a database can do."""

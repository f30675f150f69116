"""How good the proposals are, measured on cases that three practitioners judged."""

"""How fast the proposals are, in ratios against other ways of asking the same, with the bar beside each (performance §4, §5)."""

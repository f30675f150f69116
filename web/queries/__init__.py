"""What pages look up beside the records' own questions; a fixed number of queries each."""

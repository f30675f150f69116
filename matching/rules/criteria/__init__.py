"""What makes a place good for a person (好み), one rule a file. Unknown is shared out, never guessed as zero."""

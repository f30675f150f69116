"""What a page says: rows turned into words, before any markup."""

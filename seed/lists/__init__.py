"""Published lists of facilities: finding each row again, and what of it may change what is known here."""

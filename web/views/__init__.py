"""What answers an address: reads, calls one use case, renders or redirects."""

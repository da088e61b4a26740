"""How help is found: query in, ranked pages out. Reads content; only goodthinking reads it."""

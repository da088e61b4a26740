"""What could hurt a reader or let her down in a page: one check a file, each finding with where, why and how to mend it."""

"""Who has read which version of a page and found it good, and the one-time link for a clinician without an account."""

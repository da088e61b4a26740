"""Guides: the help itself, who made it, with whom, and what it rests on."""

"""Urgent support: the registry of helplines, and the page that shows them."""

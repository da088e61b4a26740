"""Rapid response: what a London editor does at once, with a reason, an end and a log. Notices, holds, a wording replaced."""

from . import holding, home, log, notices, rewording

__all__ = ["holding", "home", "log", "notices", "rewording"]

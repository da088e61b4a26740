"""The desk of each language: who translates into it, what is live, behind or unchecked in it, its words and its phrases."""

from . import check, desk, files, report, roles

__all__ = ["check", "desk", "files", "report", "roles"]

"""How a page in another language stands to its source: what is missing, what is behind, who wrote and who checked it."""

from pathlib import Path

GLOSSARIES = Path(__file__).parent / "glossaries"
"""One readable file a language: terms with what to write and what to keep out."""

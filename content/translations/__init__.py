"""How a page in another language stands to its source: what is missing, what is behind, who wrote and who checked it."""

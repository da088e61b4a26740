"""What editors meet in /cms/ beyond Wagtail's own: one module for each thing they come to do."""

"""What `manage.py bench` measures, and beside which peers. Nothing here is loaded when the site serves."""

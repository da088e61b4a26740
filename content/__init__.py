"""What the site says: one app, cut by subject.

The rooms from the top: wagtail_hooks and management · library and templatetags · models (the contents page) · home ·
guides · topics, partners, support and information · base · blocks · fields and media · hours, numbers and reading.
Imports run downwards only; import-linter checks it.
"""

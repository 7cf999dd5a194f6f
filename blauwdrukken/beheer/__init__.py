"""Editing screens of the back office; wagtail_hooks.py registers them."""

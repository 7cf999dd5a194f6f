"""Editing by several people at once, without losing what anybody typed."""

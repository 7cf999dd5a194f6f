"""The site as data: /api/v1, read-only, for everyone."""

"""Top floor: settings, addresses, own pages, health and middleware."""

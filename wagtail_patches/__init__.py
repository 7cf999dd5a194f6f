"""One room for what this site replaces of Wagtail and allauth; templates in their place are in templates/."""

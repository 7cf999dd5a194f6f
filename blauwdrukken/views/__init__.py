"""Public pages of blueprints, projects, regions and vocabularies; one module a noun."""

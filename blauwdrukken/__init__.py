"""Middle floor: the blueprint and all that is done with it; may use regios, never kennisbank."""

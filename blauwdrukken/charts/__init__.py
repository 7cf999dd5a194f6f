"""Pictures of data as geometry, ready for SVG: they know no model, and draw nothing for what is not known."""

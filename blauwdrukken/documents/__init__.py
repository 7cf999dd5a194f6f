"""Blueprints to take along: PDF, Word, EPUB, JSON and spreadsheets, all made from the same document."""

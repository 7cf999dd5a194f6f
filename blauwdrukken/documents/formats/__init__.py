"""The kinds of files: PDF, Word, EPUB, spreadsheets, CSV and JSON."""

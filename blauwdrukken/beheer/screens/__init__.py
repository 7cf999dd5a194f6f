"""The screens of the back office, one noun a module."""

"""What all lists of the back office share."""

"""What an editing form is built of."""

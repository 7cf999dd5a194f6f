"""What a document holds, as plain data, whatever the format."""

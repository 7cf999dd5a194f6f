"""From draft to public and back: review, publish, withdraw, remarks, mail."""

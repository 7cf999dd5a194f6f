"""The only door to the back office: password, second factor, sessions that end."""

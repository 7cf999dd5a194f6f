"""Accounts in the back office: invite, give a role, switch off."""

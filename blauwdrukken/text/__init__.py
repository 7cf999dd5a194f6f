"""Texts as the site keeps, shows and judges them; knows no model."""

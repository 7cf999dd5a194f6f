"""Ground floor: provinces, labour-market regions and municipalities; imports nothing from the other apps."""

"""Documents made in processes of their own, kept, and answered to a reader."""

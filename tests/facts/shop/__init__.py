"""A small bookshop: the Django application on which the bank's claims are tried."""

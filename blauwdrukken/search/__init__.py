"""Search: an embedded index that follows the database, and questions in the field's Dutch.

The face of this package is `gateway().engine().search(SearchRequest(...))`.
"""

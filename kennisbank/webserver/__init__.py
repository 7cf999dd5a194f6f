"""gunicorn manages the processes, waitress reads and sends: a thread works only while Python has something to do.

docs/adr/0017-nobody-waits-for-a-slow-client.md tells why.
"""

"""Telegram in: read the update, call one service, render, reply.

In:  an update of Telegram.
Out: replies and edits, sent after the commit. `routes.py` is the whole table on one screen.
"""

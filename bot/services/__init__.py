"""What the bot does: plain async functions `verb(session, ..., *, now)`.

In:  an open transaction, ids, the present moment.
Out: small values for rendering. No Telegram, no SQL, no clock of its own.
"""

"""The rules of the bank, one small function each, a file for each group.

`form` and `text` are checked whenever the bank is loaded; the others by `python -m bot.bank check`
alone, for they depend on the date, on the interpreter at hand, or on the whole bank.
"""

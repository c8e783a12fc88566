"""The edge: everything that goes to Telegram or comes from it passes through here.

Out: `sending` (broadcasts) and python-telegram-bot's calls (answers) wait in `limiter`
for their turn, then leave by `transport`. In: `polling`, or the webhook of the web layer,
gives each update to `in_order`, which works off one user's updates one after another.
"""

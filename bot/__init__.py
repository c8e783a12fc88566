"""Gotit: interview questions in Telegram, and weak topics come back more often.

In:    update -> handlers -> services -> db
Out:   tick -> scheduler -> delivery -> api -> Telegram
Words: rendering turns a value into a Screen (text and buttons); api sends it.
What:  bank holds the questions, learning decides which one comes next.
Once:  app wires it all; config is the only reader of the environment, clock of the time.
Try:   playground is a Telegram in memory with a chat page; nothing imports it.

A folder is a layer, a file is a feature; `.importlinter` holds the order of the layers.
"""

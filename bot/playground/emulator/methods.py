"""All modules that hold methods of the Bot API: importing this one registers their methods."""

from bot.playground.emulator import (
    callbacks,
    chats,
    commands,
    editing,
    ephemeral,
    files,
    marks,
    messages,
    poll_methods,
    profile,
    updates,
    webhooks,
)

MODULES = (
    (updates, webhooks, profile),
    (messages, editing, marks, callbacks, ephemeral),
    (files, poll_methods, chats, commands),
)
"""By what they are about: the bot itself, messages, everything else."""

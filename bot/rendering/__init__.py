"""Value in, Screen out: every sentence that the bot says. Pure: no clock, no database, no Telegram."""

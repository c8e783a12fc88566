"""Stories of people and the whole bot, played before the emulator: one story per file."""

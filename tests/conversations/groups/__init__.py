"""Stories of groups, told through the emulator."""

"""The top of the house: settings, addresses, tasks and the ground they run on."""

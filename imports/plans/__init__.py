"""What can be imported: a plan compares cleaned rows with the registers and writes them."""

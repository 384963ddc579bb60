"""What importing a list would do: its rows beside the register, before anything is written."""

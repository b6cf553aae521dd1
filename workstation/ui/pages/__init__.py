"""What fills the window: the gate, then one page for each entry of the rail."""

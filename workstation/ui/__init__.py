"""The window: the only room with Qt. It asks the desk, shows what it says, and makes every sentence."""

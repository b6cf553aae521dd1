"""What workstation and hall say to each other: messages, codec, signatures over them. Pure."""

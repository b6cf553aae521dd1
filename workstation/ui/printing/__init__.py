"""The parts of the page 打印, and the line that follows every sheet to its end."""

"""取号叫号: the page of the queue, and the line that stands under the banner while somebody waits."""

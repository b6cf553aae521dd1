"""The journeys of design/product.md, played in the real window on real parts."""

"""What the hall offers: data elements, items, bundles, materials, verifications. Pure; both sides use it."""

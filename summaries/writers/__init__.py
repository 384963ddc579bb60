"""Writers of official documents: one content model, written as Word and Excel; no Django here."""

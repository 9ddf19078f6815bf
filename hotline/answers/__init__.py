"""Pure: how a reply is understood."""

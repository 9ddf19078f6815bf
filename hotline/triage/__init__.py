"""Pure: how danger is recognised and graded."""

"""What texting costs: segments and price per prompt, form and language (`hotline check --segments`)."""

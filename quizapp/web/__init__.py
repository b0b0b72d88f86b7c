"""What all pages share: who may come in, errors, the parent of all forms, headers."""

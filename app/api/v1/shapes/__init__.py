"""What the JSON interface takes and gives."""

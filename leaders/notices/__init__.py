"""What people are told of programmes: one module for each noun, each with its `KINDS`."""

"""What benchmarks/outbox.py sends, whom it sends it to, and the programs that it lets send the same."""

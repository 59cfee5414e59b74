"""How good is it? Known answers, metrics, the gate, benchmarks against peers."""

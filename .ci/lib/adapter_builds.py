"""What the builds have in common that share one scratch folder, so that packages are compiled once."""

# With others SwiftPM compiles every package anew. Names of lines are not needed where only tests and proofs run.
FLAGS = ["--enable-code-coverage", "-debug-info-format", "none"]

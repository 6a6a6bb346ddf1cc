"""The measured costs, each as a ratio within one run; `make bench` prints them all."""

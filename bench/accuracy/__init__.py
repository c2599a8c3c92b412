"""Accuracy and speed of the extraction on labelled pages, ours and trafilatura's in the same run."""

"""Accuracy and speed of the extraction on labelled pages, ours and trafilatura's in the same run.

Neither the labelled pages nor the scorers are part of the project: the pages are other people's, and the scorers are
kept beside them so that no change here can change what is measured. `load_measure` runs their code: give a folder that
you trust.
"""

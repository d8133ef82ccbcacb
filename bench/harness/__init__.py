"""Grevy beside the bare engine and other servers: the same work, in turn, in one run."""

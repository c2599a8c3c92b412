"""The edge to Scrapy: what stands between an address and its bytes.

Each module is one concern of the way out and back: the policy of addresses and the guard of names, robots.txt, patience
with a host, redirects, decoding within limits, and the exchange kept for the archive. `failures` says what went wrong.
"""

"""The Internet Printing Protocol: addresses, messages, their encoding, and requests over HTTP."""

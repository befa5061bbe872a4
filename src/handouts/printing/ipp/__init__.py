"""The Internet Printing Protocol: messages, their encoding, and requests over HTTP."""

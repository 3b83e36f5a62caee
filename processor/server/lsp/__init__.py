"""The protocol: what an editor sends and is sent, by the library pygls. Nothing else knows either."""

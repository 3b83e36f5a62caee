"""What a report of a vault's state tells, as plain data in columns: findings, missing notes, videos, the graph of links."""

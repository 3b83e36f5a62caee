"""What a video says, and when: captions and transcripts, read from files and never from the net."""

"""What the commands say: to people, to scripts, to code scanners and to editors."""

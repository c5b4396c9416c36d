"""What keeps a hall: backup and restore, what is done daily, what has been here long enough."""

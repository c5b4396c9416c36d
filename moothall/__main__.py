"""Let `python -m moothall` be the same as the command `moothall`."""

from moothall.config.command import main

if __name__ == "__main__":
    main()

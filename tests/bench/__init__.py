"""Speed and memory of the spine, each figure beside a floor measured in the same run (`make bench`)."""

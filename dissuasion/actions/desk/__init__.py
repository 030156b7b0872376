"""The desk (值班台): what a chief decides; requests, so they may be refused."""

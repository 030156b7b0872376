"""The desk (值班台): the decisions of a chief. They are requests, so they may be refused."""

//! The stance scheme: the ordered classes that a model tells apart, with their definitions.

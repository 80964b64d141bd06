//! The `polemic` command.

fn main() {}

//! The examples in README.md are what the program prints.
//!
//! `make bless` rewrites them.

#[test]
fn the_examples_in_the_readme_are_true() {
    trycmd::TestCases::new().case("README.md");
}

//! Multinomial logistic regression on sparse rows.

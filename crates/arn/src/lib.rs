//! ARN and name grammar.

//! The behavioural checks that every runtime has to pass.

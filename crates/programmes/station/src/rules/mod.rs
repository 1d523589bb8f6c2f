//! The field's rules: values in, values or a refusal out.

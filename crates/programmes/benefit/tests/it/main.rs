//! The rules of offers, without a database; the stories through HTTP are the server's tests.

mod rounds;

// Their own tests run here: as a test of the library they would compile all of it a second time.
#[expect(dead_code, reason = "the tests of the rules need less than the library")]
#[path = "../../src/rules/mod.rs"]
mod rules;

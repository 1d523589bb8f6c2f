//! Numbers and names that people carry: identity papers, social credit codes, division codes, mobile numbers, card numbers,
//! personal names, and codes that are typed from a screen. Pure: text in, a normal form or a problem out. Every problem has a
//! stable `code()` for programs and a Chinese `message()` that tells the person at the desk what to do; neither ever repeats
//! the number itself.

pub mod credit_code;
pub mod division;
pub mod document;
pub mod luhn;
pub mod name;
pub mod phone;
pub mod text;
pub mod typed;

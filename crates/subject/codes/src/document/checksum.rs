//! MOD 11-2 of ISO 7064, the check of every 18-sign number.

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const SIGNS: &str = "10X98765432";

/// The check character that belongs to 17 digits; none for anything else.
pub fn check_character(body: &str) -> Option<char> {
    if body.len() != WEIGHTS.len() {
        return None;
    }
    let mut sum = 0;
    for (sign, weight) in body.chars().zip(WEIGHTS) {
        sum += sign.to_digit(10)? * weight;
    }
    SIGNS.chars().nth(usize::try_from(sum % 11).ok()?)
}

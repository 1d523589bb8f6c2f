use super::*;
use crate::keyring::tests::{keyring, master, renewed};
use crate::keyring::{Cipher, Keyring};
use aes_gcm::KeyInit;
use proptest::prelude::*;
use sm4::{Sm4, cipher::BlockCipherEncrypt};

const HERE: Place<'static> = Place { table: "people", column: "phone", row_key: 7 };

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().filter(|sign| !sign.is_whitespace()).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()).collect()
}

#[test]
fn cipher_is_that_of_rfc_8998_appendix_a1() {
    let key: [u8; 16] = bytes("0123456789ABCDEFFEDCBA9876543210").try_into().unwrap();
    let nonce: [u8; 12] = bytes("00001234567800000000ABCD").try_into().unwrap();
    let aad = bytes("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
    let plain = bytes(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD
         EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA",
    );
    let expected = bytes(
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735
         D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D
         83DE3541E4C2B58177E065A9BF7B62EC",
    );
    let cipher = Cipher::new(&key.into());
    let sealed = cipher.encrypt(&nonce.into(), Payload { msg: &plain, aad: &aad }).unwrap();
    assert_eq!(sealed, expected);
}

#[test]
fn a_block_is_that_of_gb_t_32907_annex_a() {
    let key: [u8; 16] = bytes("0123456789ABCDEFFEDCBA9876543210").try_into().unwrap();
    let mut block = key.into();
    Sm4::new(&key.into()).encrypt_block(&mut block);
    assert_eq!(block.as_slice(), bytes("681EDF34D206965E86B3E94F536E4246"));
}

#[test]
fn a_million_rounds_are_those_of_gb_t_32907_annex_a() {
    let key: [u8; 16] = bytes("0123456789ABCDEFFEDCBA9876543210").try_into().unwrap();
    let (cipher, mut block) = (Sm4::new(&key.into()), key.into());
    for _ in 0..1_000_000 {
        cipher.encrypt_block(&mut block);
    }
    assert_eq!(block.as_slice(), bytes("595298C7C6FD271F0402F804C33D3F66"));
}

#[test]
fn shape_and_version() {
    let sealed = keyring().seal(HERE, "13800000000", [3; 12]);
    assert!(sealed.starts_with("v1.AwMDAwMD"), "{sealed}");
    let rotated = renewed(Keyring::derive(&master(1), 2).unwrap(), 3);
    assert_eq!(rotated.open(HERE, &sealed).unwrap(), "13800000000");
    let newer = rotated.seal(HERE, "13800000000", [3; 12]);
    assert_eq!(keyring().open(HERE, &newer), Err(SealProblem::UnknownVersion(3)));
}

#[test]
fn what_came_before_its_master_key_opens_once_that_is_there() {
    let (ring, sealed) = (keyring(), renewed(keyring(), 2).seal(HERE, "13800000000", [3; 12]));
    assert_eq!(ring.open(HERE, &sealed), Err(SealProblem::UnknownVersion(2)));
    ring.add_master(2, &master(2)).unwrap();
    assert_eq!(ring.open(HERE, &sealed).unwrap(), "13800000000");
}

#[test]
fn neighbouring_names_do_not_melt() {
    let sealed = keyring().seal(Place { table: "ab", column: "c", row_key: 1 }, "x", [0; 12]);
    assert_eq!(keyring().open(Place { table: "a", column: "bc", row_key: 1 }, &sealed), Err(SealProblem::Forged));
}

#[test]
fn nonsense_is_malformed() {
    for text in ["", "v1", "v1.", "v1.AAAA", "x1.AAAA", "v01.AAAA", "v+1.AAAA", "v99999.AAAA", "明文"] {
        assert_eq!(keyring().open(HERE, text), Err(SealProblem::Malformed), "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_sealed_opens_here_and_nowhere_else(
        plain in ".{0,60}", nonce: [u8; 12], row_key: i64, other: i64, column in "[a-z]{1,9}"
    ) {
        let keyring = keyring();
        let place = Place { row_key, ..HERE };
        let sealed = keyring.seal(place, &plain, nonce);
        prop_assert_eq!(keyring.open(place, &sealed), Ok(plain));
        for wrong in [Place { row_key: other, ..place }, Place { column: &column, ..place }, Place { table: &column, ..place }] {
            if wrong != place {
                prop_assert_eq!(keyring.open(wrong, &sealed), Err(SealProblem::Forged));
            }
        }
        let stranger = Keyring::derive(&master(9), 1).unwrap();
        prop_assert_eq!(stranger.open(place, &sealed), Err(SealProblem::Forged));
    }

    #[test]
    fn any_flipped_bit_fails(plain in ".{0,30}", at: prop::sample::Index, bit in 0_u8..8) {
        let mut sealed = keyring().seal(HERE, &plain, [5; 12]).into_bytes();
        let at = at.index(sealed.len());
        sealed[at] ^= 1 << bit;
        if let Ok(text) = String::from_utf8(sealed) {
            prop_assert!(keyring().open(HERE, &text).is_err(), "{}", text);
        }
    }

    #[test]
    fn open_never_panics(text in ".{0,80}") {
        prop_assert!(keyring().open(HERE, &text).is_err());
    }
}

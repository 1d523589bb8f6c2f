use super::*;
use proptest::prelude::*;

const DOTS: [&str; 13] = [
    "\u{B7}",
    "\u{2022}",
    "\u{2027}",
    "\u{30FB}",
    "\u{FF65}",
    "\u{22C5}",
    "\u{2219}",
    "\u{387}",
    "\u{FF0E}",
    ".",
    " \u{B7} ",
    "\u{2024}",
    "\u{3000}\u{2022}",
];

#[test]
fn brings_names_to_one_form() {
    for (typed, normal) in [
        (" 张 三\u{200B}", "张三"),
        ("张\u{3000}三", "张三"),
        ("阿合买提 \u{FF0E} 赛买提", "阿合买提·赛买提"),
        ("阿合买提•赛买提", "阿合买提·赛买提"),
        ("王\u{E863}", "王\u{4DAE}"),
        ("金\u{F9E7}", "金裏"),
        ("smith\u{FF0C}  john", "SMITH JOHN"),
        ("O’Brien  Anne–Marie", "O'BRIEN ANNE-MARIE"),
        ("J.R. Müller", "J R MÜLLER"),
        ("LIM WEI", "LIM WEI"),
        ("\u{30EDD}\u{30EDD}面", "\u{30EDD}\u{30EDD}面"),
        ("𠀇〇", "𠀇〇"),
        ("葛\u{E0100}城", "葛城"),
    ] {
        assert_eq!(normalise(typed).as_deref(), Ok(normal), "{typed}");
    }
}

#[test]
fn refuses_with_a_reason() {
    let long = "买".repeat(51);
    for (typed, problem) in [
        ("\u{200B} ", NameProblem::Empty),
        (long.as_str(), NameProblem::TooLong { found: 51 }),
        ("·赛买提", NameProblem::EdgeInterpunct),
        ("赛买提.", NameProblem::EdgeInterpunct),
        ("·", NameProblem::EdgeInterpunct),
        ("阿合买提·.赛买提", NameProblem::DoubledInterpunct),
        ("张\u{FF13}", NameProblem::Digit),
        ("张3", NameProblem::Digit),
        ("张三😀", NameProblem::Emoji),
        ("张\u{E000}", NameProblem::PrivateUse { position: 2 }),
        ("张A", NameProblem::Mixed),
        ("张三(女)", NameProblem::Sign { sign: '(' }),
        ("Мария", NameProblem::Sign { sign: 'М' }),
    ] {
        assert_eq!(normalise(typed), Err(problem), "{typed}");
        assert!(problem.message().ends_with('。') && problem.code().starts_with("name_"));
    }
}

#[test]
fn longest_names_fit() {
    let name = "买".repeat(LONGEST);
    assert_eq!(normalise(&name), Ok(name));
}

#[test]
fn half_a_name_can_be_sought() {
    assert_eq!(match_key("阿合买提·"), "阿合买提");
    assert_eq!(match_key(" smi"), "SMI");
    assert!(match_key("阿合买提·赛买提").starts_with(&match_key("阿合买提.赛")));
}

fn han() -> impl Strategy<Value = String> {
    let planes = prop_oneof![
        8 => prop::char::range('\u{4E00}', '\u{9FFF}'),
        2 => prop::char::range('\u{3400}', '\u{4DBF}'),
        1 => prop::char::range('\u{20000}', '\u{2A6DF}'),
        1 => prop::char::range('\u{30000}', '\u{323AF}'),
    ];
    prop::collection::vec(planes, 1..8).prop_map(|signs| signs.into_iter().collect())
}

proptest! {
    #[test]
    fn whichever_dot_is_typed_the_name_is_found(first in han(), last in han(), dot in 0..DOTS.len()) {
        let proper = format!("{first}·{last}");
        let typed = format!("{first}{}{last}", DOTS[dot]);
        prop_assert_eq!(normalise(&typed), Ok(proper.clone()));
        prop_assert_eq!(match_key(&typed), match_key(&proper));
        prop_assert_eq!(match_key(&format!("{first}{last}")), match_key(&proper));
    }

    #[test]
    fn a_normal_form_stays(name in prop_oneof![han(), "[a-zà-ž' ,.-]{1,30}", "\\PC{1,20}"]) {
        if let Ok(normal) = normalise(&name) {
            prop_assert_eq!(normalise(&normal), Ok(normal.clone()));
            prop_assert_eq!(match_key(&normal), match_key(&name));
        }
        prop_assert_eq!(match_key(&match_key(&name)), match_key(&name));
    }

    #[test]
    fn every_han_name_is_taken(name in han()) {
        prop_assert_eq!(normalise(&name), Ok(name));
    }

    #[test]
    fn usual_han_stays_whichever_way_it_is_read(name in "[\u{4E00}-\u{9FFF}]{1,20}") {
        prop_assert_eq!(fold(&name), fold_any(&name));
    }
}

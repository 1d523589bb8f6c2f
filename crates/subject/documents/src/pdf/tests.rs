use super::*;

const TEMPLATE: &str = r##"
#let given = sys.inputs
#set page(paper: "a4", margin: 2cm)
#set text(font: given.fonts, size: 12pt, lang: "zh")
= #given.title
#table(columns: 2, [姓名], [人次], ..given.rows.map(row => (row.name, str(row.count))).flatten())
#image(bytes(given.qr), format: "svg", width: 2cm)
"##;

fn inputs(title: &str) -> Vec<(&'static str, Input)> {
    let row = |name: &str, count| Input::Map(vec![("name", Input::Text(name.into())), ("count", Input::Number(count))]);
    vec![
        ("title", Input::Text(title.into())),
        ("rows", Input::List(vec![row("张三", 3), row("龘靐", 12)])),
        ("qr", Input::Text(crate::qr::svg("https://gh.example.cn/c/1").unwrap())),
    ]
}

#[test]
fn a_chinese_page_with_a_table_and_a_code() {
    let file = render(TEMPLATE, inputs("会员证")).unwrap();
    assert!(file.starts_with(b"%PDF-1."));
    assert!(file.len() > 5_000, "{} bytes hold no embedded font", file.len());
    assert!(file == render(TEMPLATE, inputs("会员证")).unwrap(), "the same input gives the same bytes");
    assert!(file != render(TEMPLATE, inputs("工会证")).unwrap());
}

#[test]
fn missing_fonts_are_said() {
    let problem = render("#set text(font: \"方正小标宋不存在\")\n文", Vec::new()).unwrap_err();
    assert!(matches!(problem, PdfProblem::FontMissing(_)), "{problem:?}");
    assert!(chinese(&FontStore::new()).is_empty());
    assert!(PdfProblem::NoChineseFont.to_string().contains("fonts-noto-cjk"));
}

#[test]
fn templates_reach_no_files() {
    assert!(matches!(render("#read(\"/etc/passwd\")", Vec::new()), Err(PdfProblem::Template(_))));
    assert!(matches!(render("#sys.inputs.nothing", Vec::new()), Err(PdfProblem::Template(_))));
}

use documents::{
    Value,
    sheet_in::{Limits, read},
    sheet_out::Workbook,
};
use kernel::{Id, Problem};
use plan::{
    import_plan::{PlanFile, import, template},
    permissions::{EditPlans, SeePlans},
};
use testing::{App, behind_instructions, texts_of, typed_over};

use crate::world::{programmes, world};

fn filled(headings: &[&str], rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new("2026-07-01T00:00:00".parse().unwrap()).unwrap();
    let mut sheet = book.sheet("指标", "2027年要点", headings).unwrap();
    for row in rows {
        sheet.row(row.iter().map(|text| Value::from(*text))).unwrap();
    }
    book.to_bytes().unwrap()
}

fn file_of(organisation_id: Id, bytes: Vec<u8>) -> PlanFile {
    PlanFile {
        organisation_id, year: 2027, title: "2027年工作要点".into(), file_name: "计划.xlsx".into(), bytes
    }
}

#[tokio::test]
async fn a_plan_may_lie_behind_a_sheet_that_tells_how_to_fill_it_in() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let headings = ["指标名称", "数据来源", "计量单位", "目标值"];
        let bytes = behind_instructions(&headings, ["集体合同建制率", "手工", "%", "80%"].map(Into::into));
        let made = import(&app.caller::<EditPlans>(), file_of(world.region, bytes)).await.unwrap();
        assert_eq!(made.indicators.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn numbers_and_days_are_read_as_spreadsheets_keep_them_and_people_write_them() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<EditPlans>();
        let headings = ["指标名称", "数据来源", "计量单位", "目标值（必填）", "完成 时限", "基期值", "口径说明"];
        let written = |rows: &[[Value<'static>; 7]]| {
            let mut book = Workbook::new("2026-07-01T00:00:00".parse().unwrap()).unwrap();
            let mut sheet = book.sheet("指标", "", &headings).unwrap();
            for row in rows {
                sheet.row(row.clone()).unwrap();
            }
            file_of(world.region, book.to_bytes().unwrap())
        };
        let row = |name: &'static str, target: Value<'static>, due: Value<'static>, base: Value<'static>| {
            [name.into(), "手工".into(), "%".into(), target, due, base, Value::Empty]
        };
        // Shown as 100%, 60% and 0.50%, kept as 1, 0.6 and 0.005.
        let (whole, most, little) = (Value::BasisPoints(10_000), Value::BasisPoints(6_000), Value::BasisPoints(50));
        let made = import(
            &caller,
            written(&[
                row("指标甲", whole, "2027年6月30日".into(), most),
                row("指标乙", "1".into(), "２０２７／６／３０".into(), little),
                row("指标丙", "80%".into(), "2027-06-30".into(), Value::Empty),
            ]),
        );
        let forms: Vec<_> = made.await.unwrap().indicators.into_iter().map(|one| one.form).collect();
        let read: Vec<_> = forms.iter().map(|form| (form.target, form.base)).collect();
        assert_eq!(read, [(10_000, Some(6_000)), (100, Some(50)), (8_000, None)]);
        assert!(forms.iter().all(|form| form.due_on == "2027-06-30".parse().ok()), "{forms:?}");
        let lost = row("指标丁", "80%".into(), "明年".into(), Value::Empty);
        let nameless = row("", "80%".into(), Value::Empty, Value::Empty);
        let mut broken = row("指标戊", "80%".into(), Value::Empty, Value::Empty);
        broken[6] = "#REF!".into();
        let refused = import(&caller, written(&[lost, nameless, broken])).await.unwrap_err();
        let fields: Vec<_> = refused.fields.iter().map(|one| (one.field.as_str(), one.code.as_str())).collect();
        assert_eq!(fields, [("row.2", "due_on"), ("row.3", "name"), ("row.4", "formula_error")]);
    })
    .await;
}

#[tokio::test]
async fn a_target_that_is_meant_otherwise_is_not_read_as_what_is_to_be_reached_at_least() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let headings = ["指标名称", "数据来源", "计量单位", "目标值", "目标类型"];
        let bytes = filled(&headings, &[&["投诉率", "手工", "%", "5%", "不超过"]]);
        let refused = import(&app.caller::<EditPlans>(), file_of(world.region, bytes)).await.unwrap_err();
        assert_eq!(refused.detail, "第3行：“目标类型”应为：不少于、左右。");
    })
    .await;
}

/// The table that a refusal names, as it is fetched.
async fn to_mend(app: &App, refused: &Problem) -> (String, Vec<u8>) {
    app.taken(serde_json::from_value(refused.extra.as_ref().unwrap()["to_mend"].clone()).unwrap()).await
}

#[tokio::test]
async fn a_table_that_was_refused_is_a_plan_once_it_is_mended() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<EditPlans>();
        let headings = ["备注", "指标名称", "数据来源", "计量单位", "目标值", "完成时限"];
        let mut book = Workbook::new("2026-07-01T00:00:00".parse().unwrap()).unwrap();
        let mut sheet = book.sheet("指标", "", &headings).unwrap();
        let row = |name: &'static str, target: Value<'static>, due: &'static str| {
            [Value::Empty, name.into(), "手工".into(), "%".into(), target, due.into()]
        };
        sheet.row(["=1+1".into(), Value::Empty]).unwrap();
        sheet.row(row("指标甲", Value::BasisPoints(10_000), "2027-06-30")).unwrap();
        sheet.row(row("指标乙", "很多".into(), "2028-06-30")).unwrap();
        let refused = import(&caller, file_of(world.region, book.to_bytes().unwrap())).await.unwrap_err();
        assert_eq!(refused.detail, "第4行：目标值看不懂，请填写数字，比率可写成60%。");
        let (name, bytes) = to_mend(&app, &refused).await;
        let rows = texts_of(&bytes);
        assert_eq!((&*name, rows.len()), ("计划-待改正-20260701.xlsx", 5));
        assert_eq!(rows[1].join(","), "备注,指标名称,数据来源,计量单位,目标值,完成时限,问题");
        assert_eq!((rows[2].join(","), rows[3].join(",")), ("=1+1".into(), ",指标甲,手工,%,1,2027-06-30".into()));
        assert!(rows[4][6].starts_with("原文件第4行：目标值看不懂"), "{rows:?}");
        // What only the plan as a whole can tell is told of its row, too.
        let mended = file_of(world.region, typed_over(&bytes, &[("很多", "80%")]));
        let refused = import(&caller, mended).await.unwrap_err();
        assert_eq!((&*refused.fields[0].field, &*refused.detail), ("row.5", "第5行：完成时限应在计划年度内。"));
        let mended = typed_over(&to_mend(&app, &refused).await.1, &[("2028-06-30", "2027-12-31")]);
        let made = import(&caller, file_of(world.region, mended)).await.unwrap();
        let targets: Vec<_> = made.indicators.iter().map(|one| one.form.target).collect();
        assert_eq!(targets, [10_000, 8_000]);
    })
    .await;
}

#[tokio::test]
async fn the_template_filled_in_is_a_plan() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<EditPlans>();
        let empty = read(&template(&app.caller::<SeePlans>()).await.unwrap(), "模板.xlsx", Limits::default()).unwrap();
        let headings: Vec<String> = empty.rows[0].iter().map(|cell| cell.text.to_string()).collect();
        let headings: Vec<&str> = headings.iter().map(String::as_str).collect();
        let file = |bytes| file_of(world.region, bytes);
        assert_eq!(import(&caller, file(filled(&headings, &[]))).await.unwrap_err().code, "rows_missing");
        let meals: &[&str] =
            &["关心关爱", "驿站服务", "爱心餐", "台账", "爱心餐", "份", "", "", "份", "1200", "不少于", "2027-06-30"];
        let byhand: &[&str] = &[
            "制度建设",
            "",
            "集体合同建制率",
            "手工",
            "",
            "",
            "",
            "",
            "%",
            "80%",
            "不少于",
            "",
            "",
            "",
            "72.5%",
            "2026年底",
        ];
        let share: &[&str] = &["组织覆盖", "", "货车司机入会率", "入会率", "", "", "货车司机", "", "%", "50%", "左右"];
        let made = import(&caller, file(filled(&headings, &[meals, share, byhand]))).await.unwrap();
        assert_eq!((made.year, made.chapters.len(), made.measures.len(), made.indicators.len()), (2027, 3, 1, 3));
        let forms: Vec<_> = made.indicators.iter().map(|one| (one.form.target, one.form.groups.clone())).collect();
        assert_eq!(forms, [(1200, vec![]), (5000, vec!["truck_driver".to_owned()]), (8000, vec![])]);
        let bases: Vec<_> =
            made.indicators.iter().map(|one| (one.form.base, one.form.base_period.as_deref())).collect();
        assert_eq!(bases, [(None, None), (None, None), (Some(7_250), Some("2026年底"))]);
        let wrong: &[&str] = &["", "", "坏行", "台账", "没有的事", "份", "", "", "份", "12"];
        let vague: &[&str] = &["", "", "坏行", "台账", "爱心餐", "份", "", "", "份", "很多"];
        let refused = import(&caller, file(filled(&headings, &[meals, wrong, vague]))).await.unwrap_err();
        let fields: Vec<_> = refused.fields.iter().map(|one| (one.field.as_str(), one.code.as_str())).collect();
        assert_eq!(fields, [("row.4", "unknown"), ("row.5", "target")]);
        let twice = import(&caller, file(filled(&["指标名称", "目标值", "目标值"], &[]))).await.unwrap_err();
        assert_eq!(twice.code, "heading_twice");
        let stranger = import(&caller, file(filled(&["甲", "乙"], &[]))).await.unwrap_err();
        assert!(["heading_missing", "file_unreadable"].contains(&stranger.code));
    })
    .await;
}

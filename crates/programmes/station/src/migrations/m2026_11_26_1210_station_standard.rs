//! The checklist by which stations are inspected, inspections, what they found, and what a station's row says of the latest.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [standard(), inspection(), finding()] {
            manager.create_table(table).await?;
        }
        for (table, column) in [
            ("station_inspection", "station_id"),
            ("station_finding", "station_id"),
            ("station_finding", "inspection_id"),
            ("station_finding", "mend_by"),
        ] {
            let name = format!("{table}_{column}");
            manager.create_index(Index::create().name(&name).table(table).col(column).to_owned()).await?;
        }
        for column in [integer_null("star"), date_null("inspected_on"), date_null("shut_from")] {
            manager.alter_table(Table::alter().table("station_station").add_column(column).to_owned()).await?;
        }
        manager.execute(first_items()).await
    }
}

fn standard() -> TableCreateStatement {
    Table::create()
        .table("station_standard")
        .col(string_len("code", 40).primary_key())
        .col(string_len("strength", 12))
        .col(text("label"))
        .col(text("guide"))
        .col(big_integer("weight"))
        .col(boolean("critical"))
        .col(boolean("offered"))
        .col(integer("sort"))
        .col(big_integer("version"))
        .to_owned()
}

fn inspection() -> TableCreateStatement {
    Table::create()
        .table("station_inspection")
        .col(big_integer("id").primary_key())
        .col(big_integer("station_id"))
        .col(string_len("kind", 12))
        .col(string_len("state", 12))
        .col(date("planned_on"))
        .col(text("team"))
        .col(date_null("done_on"))
        .col(text("marks"))
        .col(big_integer("points"))
        .col(big_integer("out_of"))
        .col(integer_null("star"))
        .col(text_null("note"))
        .col(text("actor"))
        .col(big_integer("made_at"))
        .to_owned()
}

fn finding() -> TableCreateStatement {
    Table::create()
        .table("station_finding")
        .col(big_integer("id").primary_key())
        .col(big_integer("station_id"))
        .col(big_integer("inspection_id"))
        .col(string_len("item", 40))
        .col(text("item_label"))
        .col(text("wrong"))
        .col(date("mend_by"))
        .col(string_len("state", 12))
        .col(text_null("mending"))
        .col(text("proof"))
        .col(big_integer_null("reported_at"))
        .col(text_null("answer"))
        .col(date_null("mended_on"))
        .to_owned()
}

/// Code, what is wanted, how it is looked at, points, and whether a station without it is below standard.
type Item = (&'static str, &'static str, &'static str, i64, bool);

/// What every house starts with: twenty points for each of the five strengths.
const FIRST: &[(&str, &[Item])] = &[
    (
        "leadership",
        &[
            ("led_master", "站长在岗履职", "有任命、在岗，知道职责和上报途径；无人负责不得分。", 8, true),
            ("led_plan", "列入工会工作，经费有保障", "查年度安排和经费来源。", 6, false),
            ("led_training", "站长和工作人员受过培训", "服务、安全、应急三项，每年不少于一次，查记录。", 6, false),
        ],
    ),
    (
        "standard",
        &[
            ("std_sign", "标识统一醒目，地图上找得到", "门头标识、开放时间牌，手机能导航到门口。", 5, false),
            ("std_space", "面积和分区符合当地标准", "分设休息、饮水、充电等区域。", 5, false),
            (
                "std_equipment",
                "基本设施齐全好用",
                "桌椅、饮水、微波炉、充电、空调取暖，逐件试用，坏一件扣2分。",
                6,
                false,
            ),
            ("std_first_aid", "急救箱齐全，药品在有效期内", "逐项清点；有过期药品不得分。", 4, true),
        ],
    ),
    (
        "fusion",
        &[
            ("mix_partners", "共建单位的支持落到实处", "对照共建内容，抽查一项。", 7, false),
            ("mix_services", "法律、就业、健康等服务进站", "查近三个月服务记录。", 7, false),
            ("mix_volunteers", "有志愿者队伍并开展活动", "查名册和活动记录。", 6, false),
        ],
    ),
    (
        "norm",
        &[
            ("norm_hours", "按公示时间开放", "暗访到门即看；应开未开不得分。", 6, true),
            ("norm_rounds", "开闭站检查和服务记录完整", "抽查近一个月记录。", 5, false),
            ("norm_safety", "用电、消防安全，应急预案上墙", "灭火器、插座、通道；有重大隐患不得分。", 6, true),
            ("norm_clean", "环境整洁卫生", "地面、桌面、电器内部。", 3, false),
        ],
    ),
    (
        "position",
        &[
            ("pos_use", "户外劳动者愿意来", "看到站人次和现场询问。", 7, false),
            ("pos_activities", "经常开展活动", "每季度不少于一次。", 6, false),
            ("pos_voice", "收集并回应职工诉求", "抽查三件，看是否有答复。", 7, false),
        ],
    ),
];

fn first_items() -> InsertStatement {
    let mut insert = Query::insert();
    let columns = ["code", "strength", "label", "guide", "weight", "critical", "offered", "sort", "version"];
    insert.into_table("station_standard").columns(columns);
    let items = FIRST.iter().flat_map(|(strength, items)| items.iter().map(move |item| (*strength, item)));
    for (sort, (strength, (code, label, guide, weight, critical))) in (10_i32..).step_by(10).zip(items) {
        insert.values_panic([
            (*code).into(),
            strength.into(),
            (*label).into(),
            (*guide).into(),
            (*weight).into(),
            (*critical).into(),
            true.into(),
            sort.into(),
            1_i64.into(),
        ]);
    }
    insert
}

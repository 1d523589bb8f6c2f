//! Stations, the catalogue of what they have and give, and who answers for them.

use sea_orm_migration::{prelude::*, schema::*};

/// The step.
#[derive(DeriveMigrationName)]
pub struct Step;

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [station(), catalogue(), item(), post()] {
            manager.create_table(table).await?;
        }
        for index in indices() {
            manager.create_index(index).await?;
        }
        manager.execute(first_entries()).await
    }
}

fn station() -> TableCreateStatement {
    Table::create()
        .table("station_station")
        .col(big_integer("id").primary_key())
        .col(big_integer("organisation_id"))
        .col(string_len("code", 32))
        .col(text("name"))
        .col(string_len("kind", 12))
        .col(text_null("host"))
        .col(string_len_null("division", 6))
        .col(text("place"))
        .col(big_integer_null("longitude"))
        .col(big_integer_null("latitude"))
        .col(big_integer("area"))
        .col(big_integer("capacity"))
        .col(text_null("service_line"))
        .col(text("hours"))
        .col(boolean("self_service"))
        .col(text("partners"))
        .col(text("photos"))
        .col(string_len("state", 12))
        .col(text_null("state_reason"))
        .col(date_null("paused_until"))
        .col(date_null("opened_on"))
        .col(date_null("closed_on"))
        .col(big_integer("made_at"))
        .col(big_integer("version"))
        .to_owned()
}

fn catalogue() -> TableCreateStatement {
    Table::create()
        .table("station_catalogue")
        .col(string_len("code", 40).primary_key())
        .col(string_len("kind", 12))
        .col(text("label"))
        .col(boolean("offered"))
        .col(integer("sort"))
        .col(big_integer("version"))
        .to_owned()
}

fn item() -> TableCreateStatement {
    Table::create()
        .table("station_item")
        .col(big_integer("station_id"))
        .col(string_len("code", 40))
        .col(boolean("works"))
        .col(text_null("note"))
        .col(big_integer("seen_at"))
        .primary_key(Index::create().col("station_id").col("code"))
        .to_owned()
}

fn post() -> TableCreateStatement {
    Table::create()
        .table("station_post")
        .col(big_integer("id").primary_key())
        .col(big_integer("station_id"))
        .col(big_integer("person_id"))
        .col(string_len("role", 12))
        .col(date("from_day"))
        .col(date_null("until_day"))
        .col(big_integer("made_at"))
        .to_owned()
}

fn indices() -> Vec<IndexCreateStatement> {
    vec![
        Index::create().name("station_station_code").table("station_station").col("code").unique().to_owned(),
        Index::create().name("station_station_place").table("station_station").col("organisation_id").to_owned(),
        Index::create().name("station_item_code").table("station_item").col("code").to_owned(),
        Index::create().name("station_post_station").table("station_post").col("station_id").to_owned(),
        Index::create().name("station_post_person").table("station_post").col("person_id").to_owned(),
    ]
}

/// What every house starts with: the 'six haves', what better stations have, their services, and the daily round.
const FIRST: &[(&str, &[(&str, &str)])] = &[
    (
        "equipment",
        &[
            ("seat", "桌椅"),
            ("drinking_water", "饮用水"),
            ("microwave", "微波炉"),
            ("charger", "手机充电"),
            ("bike_charger", "电动车充电"),
            ("cooling_heating", "空调取暖"),
            ("first_aid_box", "急救箱"),
            ("common_medicine", "常用药品"),
            ("toilet", "卫生间"),
            ("rain_gear", "雨具"),
            ("wifi", "无线网络"),
            ("fridge", "冰箱"),
            ("book_corner", "书报角"),
            ("aed", "自动体外除颤器（AED）"),
            ("blood_pressure", "血压计"),
            ("mother_room", "母婴室"),
            ("tyre_tools", "修车打气工具"),
            ("donation_corner", "爱心捐赠角"),
        ],
    ),
    (
        "service",
        &[
            ("meal_heating", "热饭"),
            ("first_aid", "简易救护"),
            ("medicine_given", "常用药取用"),
            ("haircut", "义剪"),
            ("mending", "缝补修理"),
            ("legal_consultation", "法律咨询"),
            ("job_consultation", "就业咨询"),
            ("counselling", "心理疏导"),
            ("reading", "读书看报"),
            ("policy_help", "政策咨询"),
        ],
    ),
    (
        "check",
        &[
            ("check_clean", "室内整洁，桌椅完好"),
            ("check_water", "饮水、热水正常"),
            ("check_power", "电器、插座安全"),
            ("check_fire", "灭火器在位有效，通道畅通"),
            ("check_medicine", "药箱齐全，无过期药品"),
            ("check_sign", "标识、制度、开放时间公示完好"),
        ],
    ),
];

fn first_entries() -> InsertStatement {
    let mut insert = Query::insert();
    insert.into_table("station_catalogue").columns(["code", "kind", "label", "offered", "sort", "version"]);
    for (kind, entries) in FIRST {
        for (sort, (code, label)) in (10_i32..).step_by(10).zip(*entries) {
            insert.values_panic([
                (*code).into(),
                (*kind).into(),
                (*label).into(),
                true.into(),
                sort.into(),
                1_i64.into(),
            ]);
        }
    }
    insert
}

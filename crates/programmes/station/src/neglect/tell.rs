//! The texts to a master.

use kernel::{Answer, Context, Fault, Id, outbox::JobKind, person};
use sea_orm::entity::prelude::*;

use crate::{
    posts::master_on,
    tables::{
        fault, finding,
        neglect::{Entity, NeglectKind},
        station,
    },
};

/// Tells a station's master.
pub const TELL: JobKind = person::telling("station_tell_neglect", tell);

/// Of what is wrong no more than fits a text.
const LONGEST: usize = 30;

fn tell<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let id: Id = serde_json::from_str(payload).map_err(|err| Fault::Stored(format!("what is neglected: {err}")))?;
        let conn = context.read();
        let Some(row) = Entity::find_by_id(id).one(conn).await?.filter(|row| row.over_on.is_none()) else {
            return Ok(());
        };
        let Some(station) = station::Entity::find_by_id(row.station_id).one(conn).await? else { return Ok(()) };
        let Some(master) = master_on(conn, station.id, context.today()).await? else { return Ok(()) };
        let name = &station.name;
        let text = match row.kind {
            NeglectKind::Round if row.since == context.today() => {
                format!("【娘家】{name}今天还没有检查，请到手机“我的驿站—检查”登记。")
            }
            NeglectKind::Round => format!(
                "【娘家】{name}从{}起没有检查记录，已列入工会督办，请到手机“我的驿站—检查”登记。",
                calendar::day_said_on(row.since, context.today())
            ),
            NeglectKind::Finding => {
                let Some(finding) = finding::Entity::find_by_id(row.subject_id).one(conn).await? else { return Ok(()) };
                let wrong: String = finding.wrong.chars().take(LONGEST).collect();
                format!("【娘家】{name}的检查问题“{wrong}”整改已逾期，整改后请到手机“我的驿站—整改”上报照片。")
            }
            NeglectKind::Unseen => {
                format!(
                    "【娘家】{name}有设施或服务超过规定天数没有确认，职工查到的是“待核实”，请到手机“我的驿站—设施”逐项确认。"
                )
            }
            NeglectKind::Fault => {
                let Some(fault) = fault::Entity::find_by_id(row.subject_id).one(conn).await? else { return Ok(()) };
                let (label, since) = (fault.item_label, calendar::beijing_day(fault.reported_at.at()));
                let since = calendar::day_said_on(since, context.today());
                format!("【娘家】{name}从{since}起有人反映问题（{label}），还没有答复，请到手机“我的驿站—设施”核实。")
            }
        };
        person::tell(context, master, &text).await?;
        Ok(())
    })
}

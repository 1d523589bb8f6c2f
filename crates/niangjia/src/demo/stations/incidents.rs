//! What happened at the stations in the last months, some of it still to be followed up.

use chrono::TimeDelta;
use kernel::{Context, Problem};
use rand::{Rng, seq::IndexedRandom};
use rand_chacha::ChaCha20Rng;
use station::incidents::{
    IncidentKind,
    many::{Happened, happen_many},
};

use super::Station;

/// What happens: kind, in words, what was done, whether an ambulance came, how it ended.
const HAPPENED: &[(IncidentKind, &str, &str, bool, Option<&str>)] = &[
    (IncidentKind::Injury, "骑手在门口滑倒，手肘擦伤", "碘伏消毒、纱布包扎", false, None),
    (IncidentKind::HeatStroke, "环卫工进站后头晕、出汗", "扶到阴凉处，服藿香正气水，半小时后好转", false, None),
    (IncidentKind::HeatStroke, "快递员中暑，一度站不稳", "降温补水，拨打120", true, Some("次日回访，已康复上岗")),
    (IncidentKind::Illness, "网约车司机胸闷", "平卧，拨打120，陪同到救护车到场", true, Some("已出院，工会上门看望")),
    (IncidentKind::Quarrel, "两人为充电位争吵", "劝开，另接一个插排", false, None),
    (IncidentKind::Theft, "充电的手机被人拿错", "调看监控，当晚找回", false, None),
    (IncidentKind::Fire, "插排冒烟", "断电，用灭火器处置，无人受伤", false, Some("更换插排，检查全站线路")),
    (IncidentKind::Fault, "饮水机漏水", "关阀、拖干，已报修", false, None),
];
/// Of how many stations one had an incident.
const AMONG: usize = 3;

/// Writes incidents down; what is serious and of the last week is still open.
pub async fn load(context: &Context, stations: &[Station], random: &mut ChaCha20Rng) -> Result<(), Problem> {
    let mut happened = Vec::new();
    for station in stations.iter().step_by(AMONG) {
        let Some((kind, what, did, ambulance, note)) = HAPPENED.choose(random) else { continue };
        let hours = random.random_range(5..2_000);
        happened.push(Happened {
            station: station.id,
            organisation: station.union,
            kind: *kind,
            what,
            did,
            ambulance: *ambulance,
            at: context.now() - TimeDelta::hours(hours),
            note: note.filter(|_| hours > 24 * 7),
        });
    }
    happened.sort_by_key(|one| one.at);
    let happened = &happened;
    context.unit(|unit| async move { happen_many(&unit, context, happened).await }).await
}

//! The tables, step by step.

mod m2026_11_26_0300_station_station;
mod m2026_11_26_0301_station_days;
mod m2026_11_26_0302_station_rights;
mod m2026_11_26_0303_station_turn;
mod m2026_11_26_1210_station_standard;
mod m2026_11_26_1211_station_inspectors;
mod m2026_11_26_1212_station_activities;
mod m2026_11_26_1213_station_guests;
mod m2026_11_26_1300_station_door;
mod m2026_11_26_1310_station_supplies;
mod m2026_11_26_1320_station_gifts;
mod m2026_11_26_1410_station_incidents;
mod m2026_11_26_1430_station_desks;
mod m2026_11_26_1810_station_incident_uses;
mod m2026_11_26_1810_station_roster;
mod m2026_11_26_1830_station_desk_off;
mod m2026_11_28_0310_station_found_by;
mod m2026_11_28_0900_station_supply_back;
mod m2026_11_28_0910_station_neglect;
mod m2026_11_28_0920_station_round_photos;
mod m2026_11_28_1410_station_inside;
mod m2026_11_28_1420_station_planned_by;
mod m2026_11_28_1430_station_short_guests;
mod m2026_11_28_1900_station_faults;
mod m2026_11_29_0700_station_access;
mod m2026_11_29_1040_station_few_of_many;
mod m2026_11_29_1500_station_device_moves;
mod m2026_11_29_1500_station_incident_told;
mod m2026_11_29_1820_station_use;
mod m2026_11_29_1850_station_file;
mod m2026_11_29_1900_station_inspected;
mod m2026_11_29_1910_station_draft;
mod m2026_11_29_2000_station_paused_from;
mod m2026_11_29_2010_station_walk_ins;
mod m2026_11_29_2120_station_use_records;
mod m2026_11_30_0209_station_corrections;
mod m2026_11_30_0211_station_gift_why;
mod m2026_11_30_1000_station_rating_named;
mod m2026_11_30_1000_station_walk_in_by;
mod m2026_11_30_1010_station_alarm_seen;
mod m2026_11_30_1010_station_inspection_draft;
mod m2026_11_30_1020_station_sorted;
mod m2026_11_30_1030_station_batch_expires;
mod m2026_11_30_1030_station_holding;
mod m2026_11_30_1040_station_missed;
mod m2026_12_01_0215_station_soonest;
mod m2026_12_01_0220_station_post_died;

use database::Migration;

/// The steps of this programme.
#[must_use]
pub fn migrations() -> Vec<Migration> {
    vec![
        Box::new(m2026_11_26_0300_station_station::Step),
        Box::new(m2026_11_26_0301_station_days::Step),
        Box::new(m2026_11_26_0302_station_rights::Step),
        Box::new(m2026_11_26_0303_station_turn::Step),
        Box::new(m2026_11_26_1210_station_standard::Step),
        Box::new(m2026_11_26_1211_station_inspectors::Step),
        Box::new(m2026_11_26_1212_station_activities::Step),
        Box::new(m2026_11_26_1213_station_guests::Step),
        Box::new(m2026_11_26_1300_station_door::Step),
        Box::new(m2026_11_26_1310_station_supplies::Step),
        Box::new(m2026_11_26_1320_station_gifts::Step),
        Box::new(m2026_11_26_1410_station_incidents::Step),
        Box::new(m2026_11_26_1430_station_desks::Step),
        Box::new(m2026_11_26_1810_station_roster::Step),
        Box::new(m2026_11_26_1810_station_incident_uses::Step),
        Box::new(m2026_11_26_1830_station_desk_off::Step),
        Box::new(m2026_11_28_0310_station_found_by::Step),
        Box::new(m2026_11_28_1410_station_inside::Step),
        Box::new(m2026_11_28_1420_station_planned_by::Step),
        Box::new(m2026_11_28_0900_station_supply_back::Step),
        Box::new(m2026_11_28_0910_station_neglect::Step),
        Box::new(m2026_11_28_0920_station_round_photos::Step),
        Box::new(m2026_11_28_1900_station_faults::Step),
        Box::new(m2026_11_28_1430_station_short_guests::Step),
        Box::new(m2026_11_29_0700_station_access::Step),
        Box::new(m2026_11_29_1040_station_few_of_many::Step),
        Box::new(m2026_11_29_1500_station_device_moves::Step),
        Box::new(m2026_11_29_1500_station_incident_told::Step),
        Box::new(m2026_11_29_1820_station_use::Step),
        Box::new(m2026_11_29_1850_station_file::Step),
        Box::new(m2026_11_29_1900_station_inspected::Step),
        Box::new(m2026_11_29_1910_station_draft::Step),
        Box::new(m2026_11_29_2000_station_paused_from::Step),
        Box::new(m2026_11_29_2010_station_walk_ins::Step),
        Box::new(m2026_11_29_2120_station_use_records::Step),
        Box::new(m2026_11_30_1000_station_walk_in_by::Step),
        Box::new(m2026_11_30_1000_station_rating_named::Step),
        Box::new(m2026_11_30_1010_station_inspection_draft::Step),
        Box::new(m2026_11_30_1010_station_alarm_seen::Step),
        Box::new(m2026_11_30_1020_station_sorted::Step),
        Box::new(m2026_11_30_1030_station_batch_expires::Step),
        Box::new(m2026_11_30_1030_station_holding::Step),
        Box::new(m2026_11_30_1040_station_missed::Step),
        Box::new(m2026_11_30_0209_station_corrections::Step),
        Box::new(m2026_11_30_0211_station_gift_why::Step),
        Box::new(m2026_12_01_0215_station_soonest::Step),
        Box::new(m2026_12_01_0220_station_post_died::Step),
    ]
}

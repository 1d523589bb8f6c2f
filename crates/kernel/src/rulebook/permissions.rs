//! What officers may do with rules and calendars.

crate::permissions! {
    /// See what holds where.
    View = "rulebook.view" "查看业务规定与日历";
    /// Set what holds in one's own region.
    Manage = "rulebook.manage" "设定业务规定与日历";
}

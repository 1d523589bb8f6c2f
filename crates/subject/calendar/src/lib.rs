//! Beijing days, working days, deadlines and periods. Pure: the clock and the State Council's yearly arrangement come in as
//! values. A year whose arrangement has not been loaded is an error that says so; it is never guessed.

mod beijing;
mod deadline;
mod hours;
mod pauses;
mod period;
mod working;
mod year;

pub use beijing::{
    BEIJING, beijing_day, beijing_minute, beijing_time, day_in_words, day_said_on, day_start, days_between,
    minute_in_words, month_end, month_ends, month_start,
};
pub use deadline::{Deadline, Standing, Unit, Warnings};
pub use hours::{BusinessHours, HoursProblem, Session};
pub use pauses::{Pause, PausedTerm};
pub use period::{Period, PeriodKind, PeriodProblem};
pub use working::{UnloadedYear, WorkingCalendar};
pub use year::{Day, Year, YearProblem, builtin_years};

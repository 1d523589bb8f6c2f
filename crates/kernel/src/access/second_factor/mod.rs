//! A second proof at the log-in of officers: a code from the phone that changes every thirty seconds (RFC 6238), or one of
//! the recovery codes that were shown once. Who must have one tells the rulebook.

mod confirm;
mod demand;
mod enrol;
/// The tables.
pub mod migration;
mod own;
mod remove;
mod show;
mod step;
mod tables;
mod take;
mod ticket;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::House;

pub use confirm::{CodeForm, RecoveryCodes};
pub use demand::{RULE, must};
pub(super) use demand::{Standing, standing};
pub use enrol::Enrolment;
pub use own::ProofForm;
pub(super) use own::prove;
pub use remove::take_away;
pub use show::SecondFactorView;
pub use step::{TicketCode, TicketForm};
pub(super) use tables::{factor, recovery};
pub(super) use take::take;
pub(super) use ticket::{NextStep, ProofStep};

crate::refusals! {
    /// Why a second proof is not set up, not asked for or not taken away.
    pub enum SecondFactorRefusal {
        /// The ticket of the first step is no longer good.
        Ticket = 401 "sign_in_again" "登录已超时，请重新输入用户名和密码。",
        /// Nothing to confirm.
        NotBegun = 409 "not_begun" "二维码已失效，请重新开始设置动态口令。",
        /// Set up already; replacing takes a log-in.
        AlreadySet = 409 "second_factor_set" "该账号已设置动态口令，请用它登录后再更换。",
        /// Nothing to take away.
        NotSet = 409 "second_factor_not_set" "该账号没有设置动态口令。",
        /// The rulebook asks for it.
        Required = 409 "second_factor_required" "按规定您登录须使用动态口令，不能移除；换手机请用“更换”。",
    }
}

/// The use cases of the second proof over HTTP.
pub(super) fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(step::post_code))
        .routes(routes!(step::post_enrolment))
        .routes(routes!(step::post_enrolment_code))
        .routes(routes!(show::get_second_factor, own::post_second_factor))
        .routes(routes!(own::post_second_factor_code))
        .routes(routes!(own::post_second_factor_removal))
        .routes(routes!(remove::delete_account_second_factor))
}

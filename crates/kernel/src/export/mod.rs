//! What leaves the house as a file. Each kind of data has a right of its own; rows about people above a limit from the
//! rulebook wait for a second officer; files are written by a job, row by row, kept sealed in the database so that every
//! server process can hand them out, tell who took them away, and go after their time. Each step stands in the audit chain.

mod ask;
mod cancel;
mod decide;
mod expire;
mod fetch;
mod forget;
mod hand_out;
mod kind;
mod list;
mod made;
/// The tables.
pub mod migration;
pub mod numbers;
pub mod permissions;
mod right;
mod route;
mod store;
mod tables;
mod view;
pub mod words;
mod work;

use utoipa_axum::{router::OpenApiRouter, routes};

pub use ask::{Asked, ExportForm, ExportRefusal, ask, ask_for_list, wanted};
pub use cancel::cancel;
pub use decide::{DecideRefusal, RefuseExport, approve, refuse};
pub use fetch::{Taken, fetch};
pub(crate) use forget::forget;
pub use hand_out::{HandOutRefusal, hand_out};
pub use kind::{ExportKind, RowPage, behind};
pub use list::{mine, show, waiting};
pub use made::MADE;
pub(crate) use made::keep;
pub use permissions::ALL as PERMISSIONS;
pub use tables::{ExportFormat, ExportState};
pub use view::ExportView;

use crate::{House, audit::Label, outbox::JobKind};

/// The work of this room.
pub const JOBS: [JobKind; 2] = [work::JOB, expire::JOB];

/// What its acts are called in the audit chain.
pub const ACTS: [Label; 9] = [
    Label("exports.ask", "申请导出"),
    Label("exports.approve", "批准导出"),
    Label("exports.refuse", "不批准导出"),
    Label("exports.cancel", "取消导出"),
    Label("exports.make", "生成导出文件"),
    Label("exports.fail", "导出未做成"),
    Label("exports.download", "下载导出文件"),
    Label("exports.hand_out", "下载他人导入时有问题的行"),
    Label("exports.expire", "删除到期的导出文件"),
];

/// Exports over HTTP; what may be asked for stands with each kind of data.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::my_exports))
        .routes(routes!(list::waiting_exports))
        .routes(routes!(list::show_export))
        .routes(routes!(fetch::download_export))
        .routes(routes!(cancel::cancel_export))
        .routes(routes!(decide::approve_export))
        .routes(routes!(decide::refuse_export))
}

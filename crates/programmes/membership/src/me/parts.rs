//! What the parts of the copy of my data, and the columns in each, are called. Names inside of what is in a part stand with it.

use serde_json::{Map, Value, json};

/// A part of the copy: its name, what people read for it, and its columns with what people read for each.
type Part = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// The parts, but for what each programme says of its own tables.
const PARTS: [Part; 7] = [
    (
        "person",
        "本人资料",
        &[
            ("name", "姓名"),
            ("papers", "证件"),
            ("kind", "证件种类"),
            ("number", "证件号码"),
            ("valid_from", "有效期起"),
            ("valid_to", "有效期至"),
            ("phone", "手机号码"),
            ("birth_date", "出生日期"),
            ("worker_group", "职工群体"),
            ("organisation", "所在工会"),
        ],
    ),
    (
        "memberships",
        "会籍及变更",
        &[
            ("organisation", "工会"),
            ("state", "会籍状态"),
            ("card_number", "会员证号"),
            ("applied_on", "申请日期"),
            ("member_since", "入会日期"),
            ("ended_on", "会籍终止日期"),
            ("employer", "用人单位"),
            ("history", "变更记录"),
            ("step", "事项"),
            ("day", "生效日期"),
            ("reason", "原因"),
            ("at", "记录时间"),
        ],
    ),
    ("dues", "会费", &[("month", "月份"), ("amount_fen", "金额（分）"), ("paid_on", "缴纳日期")]),
    (
        "consents",
        "同意记录",
        &[
            ("purpose", "用途代码"),
            ("label", "用途"),
            ("version", "告知书版本"),
            ("given_at", "同意时间"),
            ("withdrawn_at", "撤回时间"),
            ("ends", "撤回的后果"),
        ],
    ),
    (
        "looked",
        "谁查看过您的信息",
        &[
            ("at", "时间"),
            ("who", "查看人"),
            ("union", "所在工会"),
            ("action", "事项代码"),
            ("action_label", "事项"),
            ("field", "查看的内容"),
            ("purpose", "用途"),
            ("reason", "理由"),
        ],
    ),
    (
        "requests",
        "个人信息请求",
        &[
            ("id", "编号"),
            ("kind", "请求事项"),
            ("text", "请求内容"),
            ("asked_at", "提出时间"),
            ("due_on", "答复期限"),
            ("pauses", "暂停办理"),
            ("from", "暂停自"),
            ("until", "恢复日期"),
            ("reason", "暂停原因"),
            ("state", "状态"),
            ("answer", "答复"),
            ("answered_at", "答复时间"),
        ],
    ),
    (
        "records",
        "服务记录",
        &[
            ("id", "编号"),
            ("day", "日期"),
            ("kind", "事项代码"),
            ("kind_label", "事项"),
            ("unit", "计量单位"),
            ("organisation", "记录的工会"),
            ("organisation_id", "记录的工会编号"),
            ("place", "服务地点（驿站、合作单位）"),
            ("group", "职工群体"),
            ("quantity", "数量"),
            ("amount_fen", "金额（分）"),
            ("source", "来源"),
            ("reversed", "已冲销"),
            ("reverses", "所冲销的记录编号"),
            ("recorded_at", "记录时间"),
        ],
    ),
];

/// What each part and its columns are called, as the copy says of itself.
pub(super) fn called() -> Value {
    let part = |(name, heading, columns): &Part| {
        let columns: Map<String, Value> =
            columns.iter().map(|(name, label)| ((*name).to_owned(), (*label).into())).collect();
        ((*name).to_owned(), json!({ "heading": heading, "columns": columns }))
    };
    PARTS.iter().map(part).collect::<Map<String, Value>>().into()
}

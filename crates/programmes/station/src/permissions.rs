//! What officers' roles hold of this programme.

use kernel::audit::Label;

kernel::permissions! {
    /// See stations and what is done there.
    SeeStations = "station.view" "查看工会驿站";
    /// Make and change stations, open, pause and close them, and prepare closed ones anew.
    KeepStations = "station.keep" "维护驿站档案";
    /// Appoint and relieve station masters and deputies.
    AppointMasters = "station.appoint" "任免驿站站长";
    /// Keep the catalogue of equipment, services and daily checks.
    KeepCatalogue = "station.catalogue" "维护设施与服务目录";
    /// Bring stations in from a file.
    ImportStations = "station.import" "导入驿站";
    /// Take stations away as a file.
    ExportStations = "station.export" "导出驿站";
    /// Inspect stations and confirm that what was found is mended.
    InspectStations = "station.inspect" "检查驿站、评定星级";
    /// Take back what a master recorded by mistake, and enter what he couldn't.
    CorrectEntries = "station.correct" "更正驿站服务记录";
    /// Advise at a station's desk: one's own day and one's own records.
    Advise = "station.advise" "在驿站窗口接待咨询";
}

/// What the acts of this programme are called in the audit chain.
pub const ACTS: &[Label] = &[
    Label("stations.create", "新建驿站"),
    Label("stations.change", "修改驿站"),
    Label("stations.open", "开放驿站"),
    Label("stations.pause", "暂停驿站"),
    Label("stations.close", "撤销驿站"),
    Label("stations.reopen", "恢复已撤销的驿站"),
    Label("stations.appoint", "任命驿站站长"),
    Label("stations.relieve", "免去驿站副站长"),
    Label("stations.end_post", "离世人员的驿站职务终止"),
    Label("stations.resume_post", "离世登记撤回后恢复驿站职务"),
    Label("stations.follow_merger", "驿站随工会合并转移"),
    Label("stations.vacate", "确认驿站内无人"),
    Label("stations.import", "导入驿站"),
    Label("stations.undo_import", "撤回导入的驿站文件"),
    Label("stations.remove", "删除误导入的驿站"),
    Label("stations.geojson", "导出驿站地图数据"),
    Label("stations.correct_round", "更正驿站每日检查"),
    Label("stations.enter_late", "补登驿站服务记录"),
    Label("stations.take_back", "更正驿站服务记录"),
    Label("stations.say_works", "登记驿站设施是否完好"),
    Label("station_consultations.mark", "登记驿站咨询是否到场"),
    Label("station_consultations.read", "打开驿站咨询记录"),
    Label("station_consultations.walk_in", "登记未预约的驿站咨询"),
    Label("station_consultations.try_phone", "站长按手机号码登记来咨询的人，没有登记上"),
    Label("station_consultations.take_back", "撤回驿站咨询登记"),
    Label("station_consultations.write", "写驿站咨询记录"),
    Label("station_desks.change", "修改驿站咨询窗口"),
    Label("station_desks.close", "暂停驿站咨询窗口"),
    Label("station_desks.create", "设立驿站咨询窗口"),
    Label("station_desks.day_off", "驿站咨询窗口某日停止接待"),
    Label("station_desks.day_on", "驿站咨询窗口恢复某日接待"),
    Label("station_desks.open", "恢复驿站咨询窗口"),
    Label("station_devices.create", "登记驿站设备"),
    Label("station_devices.change", "修改驿站设备"),
    Label("station_devices.forget_orders", "驿站开门等指令记录到期删除"),
    Label("station_standard.create", "新增驿站标准条目"),
    Label("station_standard.change", "修改驿站标准条目"),
    Label("station_inspections.plan", "安排驿站检查"),
    Label("station_inspections.cancel", "取消驿站检查"),
    Label("station_inspections.take_up", "开始登记驿站检查"),
    Label("station_inspections.finish", "登记驿站检查结果"),
    Label("station_inspections.take_back", "撤回驿站检查结果"),
    Label("station_faults.answer", "答复驿站有人反映的问题"),
    Label("station_findings.report", "上报驿站整改"),
    Label("station_findings.judge", "核验驿站整改"),
    Label("stations.reply_rating", "回复驿站评价"),
    Label("stations.hide_rating", "隐藏驿站评价"),
    Label("stations.show_rating", "恢复显示驿站评价"),
    Label("station_activities.create", "发布驿站活动"),
    Label("station_activities.change", "修改驿站活动"),
    Label("station_activities.cancel", "取消驿站活动"),
    Label("station_activities.attend", "登记驿站活动签到"),
    Label("station_activities.take_back", "撤回驿站活动签到"),
    Label("station_gifts.give", "登记驿站捐赠物品"),
    Label("station_gifts.close", "下架驿站捐赠物品"),
    Label("station_gifts.cancel", "取消驿站捐赠物品的预留"),
    Label("station_gifts.hand_over", "发放驿站捐赠物品"),
    Label("station_gifts.take_back", "撤回驿站捐赠物品发放"),
    Label("station_guests.create", "登记一日站长"),
    Label("station_guests.take_back", "撤回一日站长记录"),
    Label("station_incidents.close", "办结驿站事件"),
    Label("station_incidents.reopen", "恢复跟进驿站事件"),
    Label("station_incidents.correct", "更正驿站事件登记"),
    Label("station_incidents.open_helped", "查看驿站事件的被救助人"),
    Label("station_incidents.forget", "驿站事件内容到期删除"),
    Label("station_shifts.create", "驿站排班"),
    Label("station_shifts.change", "修改驿站班次"),
    Label("station_shifts.call_off", "取消驿站班次"),
    Label("station_volunteers.confirm", "确认驿站志愿服务时长"),
    Label("station_volunteers.take_back", "撤回驿站志愿服务时长"),
    Label("station_supplies.take_back", "撤回驿站药品、物资出入库"),
    Label("station_catalogue.create", "新增驿站目录项"),
    Label("station_catalogue.change", "修改驿站目录项"),
];

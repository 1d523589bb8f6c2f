//! What lies in the database, read without bringing it up to date or writing to it.

use chrono::TimeDelta;
use database::{Database, catalog};
use kernel::{Context, House, audit, keys, outbox};
use sea_orm::{EntityTrait, QueryOrder, QuerySelect};

use super::Finding;
use crate::{
    house::{self, Failure},
    master,
    settings::Settings,
};

const DATABASE: &str = "数据库";
const CLOCK: &str = "时钟";
const KEY: &str = "密钥";
/// Clocks further apart than this make codes and sessions end at the wrong time.
const APART: TimeDelta = TimeDelta::seconds(5);
/// The key is rotated once a year.
const YEAR: TimeDelta = TimeDelta::days(365);
/// How many values that can't be opened are named.
const NAMED: usize = 50;
/// How many jobs that used up their attempts are named.
const JOBS_NAMED: u64 = 20;

pub(super) async fn look(settings: &Settings) -> Vec<Finding> {
    let told = database::Settings::new(settings.database_url());
    match catalog::is_there(&told) {
        Ok(true) => {}
        Ok(false) => return vec![absent(settings)],
        Err(fault) => return vec![Finding::bad(DATABASE, fault.to_string(), "核对 database 的设置")],
    }
    let opened = match Database::open(&told).await {
        Ok(opened) => opened,
        Err(fault) => {
            let advice =
                "确认数据库在运行、地址和密码正确、这台服务器能连上它；SQLite 还须数据目录可写，文件损坏的从备份恢复";
            return vec![Finding::bad(DATABASE, format!("打不开：{fault}"), advice)];
        }
    };
    // A server has a database before anything is in it.
    if matches!(catalog::has_schema(opened.reader()).await, Ok(false)) {
        let _closed = opened.close().await;
        return vec![absent(settings)];
    }
    let mut findings: Vec<Finding> = schema(&opened).await.into_iter().collect();
    let is_current = findings.is_empty();
    findings.extend(soundness(&opened).await);
    findings.extend(write(&opened).await);
    findings.push(clock(&opened).await);
    if is_current {
        findings.extend(inside(settings, opened.clone()).await);
    }
    let _closed = opened.close().await;
    findings
}

fn absent(settings: &Settings) -> Finding {
    if settings.demo {
        return Finding::good(DATABASE, "演示模式，首次启动时生成");
    }
    let advice =
        "首次使用运行 niangjia init；已有数据的，到 niangjia.toml 所在的目录运行，或核对 data 与 database 的设置";
    Finding::bad(DATABASE, format!("还没有数据库（{}）", house::place(settings)), advice)
}

async fn schema(opened: &Database) -> Option<Finding> {
    let migrations: Vec<_> = server::programmes().iter().map(|programme| programme.migrations).collect();
    match catalog::apart(opened.reader(), &migrations).await {
        Ok(apart) if !apart.beyond.is_empty() => {
            let said = format!("已由更新版本的程序升级过，比本程序多 {} 步，服务不会启动", apart.beyond.len());
            Some(Finding::bad(DATABASE, said, house::NEWER))
        }
        Ok(apart) if !apart.lacking.is_empty() => {
            let said = format!("结构比程序旧，还差 {} 步升级", apart.lacking.len());
            Some(Finding::doubtful(DATABASE, said, "先运行 niangjia backup，再启动服务，启动时会自动升级"))
        }
        Ok(_) => None,
        Err(fault) => Some(Finding::bad(DATABASE, format!("读不出来：{fault}"), "从备份恢复，或联系开发者")),
    }
}

async fn soundness(opened: &Database) -> Option<Finding> {
    let advice = "不要再写入；用最近的备份 niangjia restore 到新目录，核对后替换";
    match catalog::soundness(opened.reader()).await {
        Ok(said) if said.is_empty() => None,
        Ok(said) => Some(Finding::bad(DATABASE, format!("文件有损坏：{}", said.join("；")), advice)),
        Err(fault) => Some(Finding::bad(DATABASE, format!("无法检查：{fault}"), advice)),
    }
}

/// A unit of work that writes nothing: it takes the writer's turn like any other.
async fn write(opened: &Database) -> Option<Finding> {
    let tried: Result<(), database::Fault> = opened.unit(async |_| Ok(())).await;
    let advice = "检查磁盘是否写满或只读、数据库用户是否有写权限";
    tried.err().map(|fault| Finding::bad(DATABASE, format!("不能写入：{fault}"), advice))
}

async fn clock(opened: &Database) -> Finding {
    let theirs = match catalog::clock(opened.reader()).await {
        Ok(theirs) => database::Moment(theirs).at(),
        Err(fault) => return Finding::bad(CLOCK, format!("问不到数据库的时钟：{fault}"), "检查数据库的连接"),
    };
    let ours = kernel::Ambient::system().now();
    let apart = (theirs - ours).abs();
    if apart > APART {
        let said = format!("这台服务器与数据库服务器的时钟相差 {} 秒", apart.num_seconds());
        return Finding::bad(CLOCK, said, "在两台服务器上开启自动校时（timedatectl set-ntp true）");
    }
    Finding::good(CLOCK, format!("{}（北京时间）", (ours + TimeDelta::hours(8)).format("%Y-%m-%d %H:%M:%S")))
}

async fn inside(settings: &Settings, opened: Database) -> Vec<Finding> {
    // Without its key nothing in it can be judged, and the finding on the key stands already.
    let Ok(keyring) = master::keyring(settings) else { return Vec::new() };
    let Ok(house) = house::build(settings, opened, keyring, kernel::Ambient::system()) else { return Vec::new() };
    match examine(&house).await {
        Ok(findings) => findings,
        Err(failure) => vec![Finding::bad(DATABASE, format!("读不出来：{failure}"), "从备份恢复，或联系开发者")],
    }
}

async fn examine(house: &House) -> Result<Vec<Finding>, Failure> {
    let context = &Context::system(house, "doctor");
    let stand = outbox::stand(context).await?;
    let mut findings = vec![past(context).await?, jobs(&stand, &outbox::left(context, JOBS_NAMED).await?)];
    findings.extend(unknown(&stand));
    findings.extend(listeners(&stand));
    findings.extend(sealed(context).await?);
    findings.extend(aged(keys::age(context).await?));
    Ok(findings)
}

/// Something written in what is the future now tells that the clock was set back.
async fn past(context: &Context) -> Result<Finding, Failure> {
    let newest = audit::Entity::find().order_by_desc(audit::Column::Position).limit(1).one(context.read()).await?;
    let ahead = newest.map(|entry| entry.at.at() - context.now()).filter(|ahead| *ahead > APART);
    Ok(match ahead {
        Some(ahead) => {
            let said = format!("最近一条审计记录比现在晚 {} 秒，时钟被往回拨过", ahead.num_seconds());
            Finding::bad(CLOCK, said, "开启自动校时（timedatectl set-ntp true），校准后再使用")
        }
        None => Finding::good(DATABASE, "结构与程序一致，可读可写"),
    })
}

fn jobs(stand: &outbox::Stand, left: &[outbox::Left]) -> Finding {
    const WHAT: &str = "后台任务";
    if stand.left > 0 {
        let named = |one: &outbox::Left| format!("{}（{}，任务号 {}）", one.kind, one.failure, one.job);
        let names: Vec<String> = left.iter().map(named).collect();
        let rest = if i64::try_from(left.len()).is_ok_and(|named| named < stand.left) { " 等" } else { "" };
        let said = format!("有 {} 项任务反复失败后停下了：{}{rest}", stand.left, names.join("、"));
        let advice = "在日志里查 a job failed 的原因，排除后用 niangjia try-job-again 任务号 再试；一直不成的联系开发者；\
                      确定不用再做的，用 niangjia set-job-aside 任务号 --reason 原因 搁置";
        return Finding::doubtful(WHAT, said, advice);
    }
    Finding::good(WHAT, format!("没有失败的，{} 项到时间待做", stand.due))
}

/// Nobody here does them, and they are no failure: they wait for the program that ordered them.
fn unknown(stand: &outbox::Stand) -> Option<Finding> {
    let said = format!("有这个版本不会做的任务在等待：{}", stand.unknown.join("、"));
    let advice = "它们是更新的版本安排的：升级回那个版本，或有服务器还在运行那个版本，就会做完";
    (!stand.unknown.is_empty()).then(|| Finding::doubtful("后台任务", said, advice))
}

/// What one programme does after another, where it fails: nothing is lost, but it is late.
fn listeners(stand: &outbox::Stand) -> Option<Finding> {
    let named = |one: &outbox::Failing| format!("{}（{}，事件 {}）", one.listener, one.code, one.event);
    let names: Vec<String> = stand.failing.iter().map(named).collect();
    let said = format!("有 {} 项后续处理失败，相关的事在等待：{}", names.len(), names.join("、"));
    let advice = "系统会自动再试，间隔逐次加长到 43 分钟，重启服务即重试；一直不成的，\
                  在日志里查 events wait for their listener，联系开发者；确定永远办不成的那一件，\
                  用 niangjia skip-event 名称 事件号 --reason 原因 跳过";
    (!names.is_empty()).then(|| Finding::doubtful("后续处理", said, advice))
}

async fn sealed(context: &Context) -> Result<Option<Finding>, Failure> {
    let stand = keys::stand(context).await?;
    if !stand.known {
        let advice = "换回加密这些数据时用的密钥文件；没有它，证件号和手机号无法再读出";
        return Ok(Some(Finding::bad(KEY, "这个密钥不是数据库正在使用的那一个", advice)));
    }
    if !stand.unopened.is_empty() {
        let names: Vec<&str> = stand.unopened.iter().take(NAMED).map(String::as_str).collect();
        let rest = if stand.unopened.len() > NAMED { " 等" } else { "" };
        let said = format!(
            "有 {} 个值已损坏，无法解密，换用版本 {} 的密钥因此还没有完成（表.字段 行）：{}{rest}",
            stand.unopened.len(),
            stand.version,
            names.join("，")
        );
        let advice = "备份里有完好的，找回这几行，一天内自动完成；找不回的，请最上级工会的安全管理员在“密钥”页搁置";
        return Ok(Some(Finding::bad(KEY, said, advice)));
    }
    let outdated: i64 = stand.outdated.iter().map(|(.., count)| count).sum();
    if outdated > 0 {
        let said = format!("版本 {} 已启用，还有 {outdated} 个值用旧版本加密", stand.version);
        return Ok(Some(Finding::doubtful(KEY, said, "服务运行时会在后台重新加密；在此之前不要删去旧密钥")));
    }
    let aside = match stand.set_aside {
        0 => String::new(),
        aside => format!("；另有 {aside} 个已损坏的值搁置在旧版本下，旧密钥不要删"),
    };
    Ok(Some(Finding::good(KEY, format!("与数据库相符，全部敏感数据用版本 {} 加密{aside}", stand.version))))
}

fn aged(age: TimeDelta) -> Option<Finding> {
    let said = format!("最新版本已用了 {} 天，超过一年", age.num_days());
    (age > YEAR).then(|| Finding::doubtful(KEY, said, "运行 niangjia rotate-key，不用停机；旧密钥仍要留着"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Verdict;

    #[test]
    fn a_key_of_more_than_a_year_is_to_be_rotated() {
        assert_eq!(aged(YEAR), None);
        let found = aged(YEAR + TimeDelta::days(1)).unwrap();
        assert_eq!((found.verdict, &*found.said), (Verdict::Doubtful, "最新版本已用了 366 天，超过一年"));
    }

    #[test]
    fn what_was_left_and_what_waits_is_named() {
        let well = outbox::Stand { due: 2, behind_s: 0, left: 0, unknown: vec![], failing: vec![] };
        assert_eq!(jobs(&well, &[]), Finding::good("后台任务", "没有失败的，2 项到时间待做"));
        assert_eq!((listeners(&well), unknown(&well)), (None, None));
        let newer = outbox::Stand { unknown: vec!["plan.remind_all".into()], ..well.clone() };
        assert_eq!(unknown(&newer).unwrap().said, "有这个版本不会做的任务在等待：plan.remind_all");
        let failing = [("plan.budget", "fault", 7), ("benefit.event", "not_found", 12)]
            .map(|(listener, code, event)| outbox::Failing { listener: listener.into(), code: code.into(), event });
        let failing = failing.to_vec();
        let ill = outbox::Stand { left: 1, failing, ..well };
        let left = [outbox::Left { job: database::Id(7), kind: "kernel.export".into(), failure: "fault".into() }];
        let said = "有 1 项任务反复失败后停下了：kernel.export（fault，任务号 7）";
        assert_eq!(jobs(&ill, &left).said, said);
        assert!(jobs(&outbox::Stand { left: 2, ..ill.clone() }, &left).said.ends_with("7） 等"));
        let found = listeners(&ill).unwrap();
        assert_eq!(
            found.said,
            "有 2 项后续处理失败，相关的事在等待：plan.budget（fault，事件 7）、benefit.event（not_found，事件 12）"
        );
        assert_eq!(found.verdict, Verdict::Doubtful);
    }
}

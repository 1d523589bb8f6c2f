use kernel::access::single_sign_on::Trip;

use super::Finding;
use crate::{house, map, settings::Settings};

/// What the operator set, judged together: each setting may be right and all of them wrong.
pub(super) async fn look(settings: &Settings) -> Vec<Finding> {
    let mut findings = vec![address(settings)];
    findings.extend(messages(settings));
    findings.extend(second_factor(settings));
    findings.extend(shown_map(settings));
    findings.extend(devices(settings));
    findings.extend(checkpoints(settings));
    findings.extend(provider(settings).await);
    findings
}

fn address(settings: &Settings) -> Finding {
    const WHAT: &str = "对外地址";
    let url = settings.public_url();
    if settings.demo {
        return Finding::good(WHAT, format!("演示模式，{url}"));
    }
    if settings.public_url.is_none() {
        let said = format!("没有设置 public_url，二维码和链接只能在本机打开（{url}）");
        return Finding::doubtful(WHAT, said, "在 niangjia.toml 里设置 public_url = \"https://您的域名\"");
    }
    if !settings.is_https() {
        let said = format!("{url} 不经加密，密码和身份证号会明文经过网络");
        return Finding::bad(WHAT, said, "在前面放一个做 TLS 的反向代理，把 public_url 改成 https://…");
    }
    if settings.trusted_proxies.is_empty() {
        let said =
            format!("{url} 在反向代理后面，但没有设置 trusted_proxies：所有人共用一个来源地址，一人输错会拖累众人");
        return Finding::doubtful(WHAT, said, "设置 trusted_proxies = [\"127.0.0.1/32\"]（代理的网段）");
    }
    Finding::good(WHAT, url)
}

fn messages(settings: &Settings) -> Option<Finding> {
    const WHAT: &str = "短信网关";
    match (&settings.sms_url, &settings.sms_key) {
        _ if settings.demo => None,
        (Some(_), Some(_)) => Some(Finding::good(WHAT, "已设置")),
        (Some(_), None) => Some(Finding::bad(WHAT, "设置了 sms_url，没有 sms_key，验证码发不出去", "补上 sms_key")),
        (None, _) => {
            let said = "没有设置，职工收不到验证码，无法在手机上登录和申请入会";
            Some(Finding::doubtful(WHAT, said, "向短信服务商取得地址和密钥，设置 sms_url 与 sms_key"))
        }
    }
}

fn second_factor(settings: &Settings) -> Option<Finding> {
    let is_off = settings.second_factor == Some(false) && !settings.demo;
    let said = "second_factor = false，制度要求的动态口令不起作用";
    is_off.then(|| Finding::doubtful("动态口令", said, "删去这一项；哪些人须用动态口令，在“规则”页里设置"))
}

/// What maps are drawn on, where that is set.
fn shown_map(settings: &Settings) -> Option<Finding> {
    const WHAT: &str = "地图";
    let is_set = !settings.map_tiles.is_empty() || settings.map_outlines.is_some();
    is_set.then(|| match map::source(settings) {
        Ok(_) => Finding::good(WHAT, "已设置"),
        Err(failure) => {
            Finding::bad(WHAT, failure.to_string(), "改正后再启动；删去这几项，服务也能启动，只是地图没有底图")
        }
    })
}

/// The broker of the stations' devices, where one is set. Nothing is asked of it: that it is away, the start survives.
fn devices(settings: &Settings) -> Option<Finding> {
    const WHAT: &str = "驿站设备";
    match house::broker(settings) {
        Ok(found) => found.map(|_| Finding::good(WHAT, "已设置消息服务器")),
        Err(failure) => {
            Some(Finding::bad(WHAT, failure.to_string(), "改正后再启动；删去这一项，服务也能启动，只是不开门"))
        }
    }
}

/// The folder that each day's checkpoint is added to: the job that does so only says in the log that it can't.
fn checkpoints(settings: &Settings) -> Option<Finding> {
    const WHAT: &str = "检查点";
    let folder = settings.checkpoint_dir.as_ref()?;
    let place = folder.display();
    Some(if folder.is_dir() {
        Finding::good(WHAT, format!("每天存到 {place}"))
    } else {
        let said = format!("checkpoint_dir 的文件夹 {place} 打不开，检查点没有存到别处");
        Finding::bad(WHAT, said, "建好或挂载这个文件夹，并让运行服务的用户能写")
    })
}

/// Asks the provider for its description, as the first step of a sign-in would.
async fn provider(settings: &Settings) -> Option<Finding> {
    const WHAT: &str = "统一登录";
    let found = match house::provider(settings) {
        Ok(found) => found?,
        Err(failure) => return Some(Finding::bad(WHAT, failure.to_string(), "对照统一登录平台给的参数改正")),
    };
    let trip = Trip { state: "doctor", nonce: "doctor", verifier: "doctor-doctor-doctor-doctor-doctor-doctor-doctor" };
    Some(match found.depart(trip).await {
        Ok(_) => Finding::good(WHAT, format!("“{}”有应答", found.label())),
        Err(failure) => {
            let advice = "核对 oidc_issuer，并确认这台服务器能访问它；在此之前干部仍可用密码登录";
            Finding::bad(WHAT, format!("连不上：{failure}"), advice)
        }
    })
}

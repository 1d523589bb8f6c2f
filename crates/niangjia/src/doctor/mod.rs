//! `niangjia doctor`: looks at what the program stands on and says what to do. It changes nothing, so it may be run beside
//! the server and before the first start.

mod configuration;
mod disk;
mod house;
mod key;

use std::{io::Write, process::ExitCode};

use database::serving::{self, Served, ServingFault};

use crate::{house::Failure, settings::Settings};

/// How one thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    Good,
    /// It works, but not as it should.
    Doubtful,
    /// It doesn't work, or not safely.
    Bad,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Finding {
    what: &'static str,
    verdict: Verdict,
    said: String,
    advice: String,
}

impl Finding {
    fn good(what: &'static str, said: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::Good, said: said.into(), advice: String::new() }
    }

    fn doubtful(what: &'static str, said: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::Doubtful, said: said.into(), advice: advice.into() }
    }

    fn bad(what: &'static str, said: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::Bad, said: said.into(), advice: advice.into() }
    }
}

/// Looks at everything and tells; fails if something is bad.
///
/// # Errors
/// When the report can't be written.
pub async fn examine(settings: &Settings) -> Result<ExitCode, Failure> {
    let mut findings = configuration::look(settings).await;
    findings.push(key::look(settings));
    findings.extend(disk::look(settings));
    findings.extend(served(settings));
    findings.extend(house::look(settings).await);
    findings.push(fonts());
    let mut out = std::io::stdout();
    for finding in &findings {
        writeln!(out, "{}", line(finding))?;
    }
    let count = |verdict| findings.iter().filter(|finding| finding.verdict == verdict).count();
    let (bad, doubtful) = (count(Verdict::Bad), count(Verdict::Doubtful));
    if bad == 0 && doubtful == 0 {
        writeln!(out, "一切正常。")?;
    } else {
        writeln!(out, "须处理 {bad} 处，请留意 {doubtful} 处。")?;
    }
    Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn line(finding: &Finding) -> String {
    let mark = match finding.verdict {
        Verdict::Good => "正常",
        Verdict::Doubtful => "留意",
        Verdict::Bad => "问题",
    };
    let advice =
        if finding.advice.is_empty() { String::new() } else { format!("\n    怎么办：{}", finding.advice) };
    format!("[{mark}] {}：{}{advice}", finding.what, finding.said)
}

/// Whether a program serves here, where that can be seen.
fn served(settings: &Settings) -> Option<Finding> {
    const WHAT: &str = "服务";
    Some(match serving::look(&database::Settings::new(settings.database_url())) {
        Ok(Served::Yes) => Finding::good(WHAT, "正在运行"),
        Ok(Served::No) => Finding::good(WHAT, "没有在运行"),
        Err(ServingFault::File(path, err)) => {
            let said = format!("看不到是否在运行：{} {}", path.display(), crate::house::words(&err));
            Finding::doubtful(WHAT, said, "用运行服务的用户再检查一次")
        }
        // Any number may serve, on other machines too; or the address is none, which the finding on the database tells.
        Ok(Served::Anywhere) | Err(_) => return None,
    })
}

fn fonts() -> Finding {
    match documents::pdf::check_fonts() {
        Ok(()) => Finding::good("字体", "有中文字体，可以生成 PDF"),
        Err(_) => Finding::bad(
            "字体",
            "没有中文字体，无法生成 PDF",
            "Debian/Ubuntu：apt install fonts-noto-cjk；openEuler/麒麟：dnf install google-noto-cjk-fonts；装好后重启服务",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_says_what_to_do() {
        let told = line(&Finding::bad("磁盘", "满了", "清理"));
        assert_eq!(told, "[问题] 磁盘：满了\n    怎么办：清理");
        assert_eq!(line(&Finding::good("磁盘", "够用")), "[正常] 磁盘：够用");
    }
}

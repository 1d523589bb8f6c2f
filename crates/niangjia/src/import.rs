//! `niangjia import members FILE --org CODE`: the same use cases as on the page, with progress in the terminal.

use std::{
    fs::File,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use kernel::{Caller, House, Id, organisation};
use membership::{
    import::{
        ImportState, check,
        file::bad,
        run,
        show::{ImportView, show},
        steps::{start, start_check},
        upload::{Upload, upload},
    },
    permissions::ImportMembers,
};

use crate::{
    house::{self, Failure},
    settings::Settings,
};

/// Imports a roster; rows that don't go in come back in a workbook beside the file.
///
/// # Errors
/// A refusal or fault of a use case.
pub async fn members(settings: &Settings, file: &Path, code: &str) -> Result<ExitCode, Failure> {
    let house = house::enter(settings).await?;
    let caller = &Caller::<ImportMembers>::system(&house, "an import on the command line");
    let found = organisation::by_code(caller.read(), caller.scope(), code).await;
    let organisation = found.map_err(|problem| match problem.status {
        404 => Failure::NoUnion(code.to_owned()),
        _ => problem.into(),
    })?;
    let bytes = std::fs::read(file).map_err(|err| Failure::File(file.to_owned(), err))?;
    let file_name = file.file_name().and_then(|name| name.to_str()).unwrap_or("roster").to_owned();
    let import = upload(caller, Upload { file_name, bytes, organisation_id: organisation.id }).await?;
    say(&format!("已读取 {} 行，会员将登记在“{}”。", import.total, import.organisation))?;
    start_check(caller, import.id).await?;
    let checked = worked(&house, caller, import.id).await?;
    let counts = checked.counts;
    say(&format!(
        "检查完成：将入会 {}，将提出转接 {}，已是会员 {}，重复 {}，有误 {}。",
        counts.join, counts.transfer, counts.already, counts.repeated, counts.bad
    ))?;
    start(caller, import.id).await?;
    let done = worked(&house, caller, import.id).await?;
    say(&format!("导入完成：{} 行已导入。", done.counts.entered))?;
    if done.counts.bad + done.counts.repeated > 0 {
        let (_, bytes) = bad(caller, import.id).await?;
        say(&format!("未导入的行及原因见 {}", keep_beside(file, &bytes)?.display()))?;
    }
    house.tasks().stop().await;
    Ok(ExitCode::SUCCESS)
}

/// Does the jobs that wait. A server on the same database may take them; then this only looks on until it is done, or was
/// given up.
async fn worked(house: &House, caller: &Caller<ImportMembers>, id: Id) -> Result<ImportView, Failure> {
    loop {
        kernel::outbox::settle(house).await?;
        // Asked before the state: a job that ends in between has set it.
        let given_up = kernel::outbox::given_up(caller, &[check::JOB.code, run::JOB.code], &id).await?;
        let now = show(caller, id).await?;
        if !matches!(now.state, ImportState::Checking | ImportState::Running) {
            return Ok(now);
        }
        if let Some(code) = given_up {
            return Err(Failure::GivenUp(code));
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    }
}

/// Writes what is to be mended beside the file, over nothing: somebody may be mending what came back of an earlier try.
fn keep_beside(file: &Path, bytes: &[u8]) -> Result<PathBuf, Failure> {
    let mut times = 1;
    loop {
        let beside = beside(file, times);
        match File::create_new(&beside).and_then(|mut created| created.write_all(bytes)) {
            Ok(()) => return Ok(beside),
            Err(err) if err.kind() == ErrorKind::AlreadyExists => times += 1,
            Err(err) => return Err(Failure::File(beside, err)),
        }
    }
}

fn beside(file: &Path, times: u32) -> PathBuf {
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    name.push(".problems");
    if times > 1 {
        name.push(format!("-{times}"));
    }
    name.push(".xlsx");
    file.with_file_name(name)
}

fn say(line: &str) -> Result<(), Failure> {
    writeln!(std::io::stdout(), "{line}")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_being_mended_is_not_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("名册.csv");
        for (name, text) in [("名册.problems.xlsx", "first"), ("名册.problems-2.xlsx", "second")] {
            let kept = keep_beside(&file, text.as_bytes()).unwrap();
            assert_eq!(kept.file_name().unwrap(), name);
        }
        assert_eq!(std::fs::read(dir.path().join("名册.problems.xlsx")).unwrap(), b"first");
    }
}

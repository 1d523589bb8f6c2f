//! The first day of a house that is no demo, and the way back in when every security administrator forgot his password.

use std::io::Write;

use clap::{Args, ValueEnum};
use codes::division;
use kernel::{
    Ambient, Caller, House,
    access::{
        self, Officer, account,
        accounts::{GivenPassword, reset_password},
        permissions::ManageAccounts,
        second_factor,
    },
    organisation::{self, Kind, Level, create::NewOrganisation, form::OrganisationForm, permissions::Manage},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::{
    house::{self, Failure},
    master,
    settings::Settings,
};

/// User name, name and role of the first officers: the three offices that watch each other, and one who does the work.
const OFFICERS: [(&str, &str); 4] =
    [("system", "系统管理员"), ("security", "安全管理员"), ("audit", "审计管理员"), ("officer", "业务干部")];

/// The union at the top of the tree.
#[derive(Args)]
pub struct Top {
    /// 最上级工会的名称，如“内蒙古自治区总工会”
    #[arg(long)]
    name: String,
    /// 它的代码，一般用行政区划代码，如 150000
    #[arg(long)]
    code: String,
    /// 它的层级
    #[arg(long, value_enum, default_value = "county")]
    level: TopLevel,
}

/// Where a federation may stand that has its own house.
#[derive(Clone, Copy, ValueEnum)]
enum TopLevel {
    /// 全国
    Nation,
    /// 省、自治区、直辖市
    Province,
    /// 市、盟、州
    Prefecture,
    /// 县、区、旗
    County,
}

impl TopLevel {
    /// The level of the division whose code its federation has; above the provinces there is none.
    fn division(self) -> Option<division::Level> {
        match self {
            Self::Nation => None,
            Self::Province => Some(division::Level::Province),
            Self::Prefecture => Some(division::Level::Prefecture),
            Self::County => Some(division::Level::County),
        }
    }
}

impl From<TopLevel> for Level {
    fn from(level: TopLevel) -> Self {
        match level {
            TopLevel::Nation => Self::Nation,
            TopLevel::Province => Self::Province,
            TopLevel::Prefecture => Self::Prefecture,
            TopLevel::County => Self::County,
        }
    }
}

/// Makes the master key if there is none, the top organisation and the first officers, and prints their passwords, each
/// to be changed at the first log-in.
///
/// # Errors
/// When the house isn't empty, or the name or code doesn't do.
pub async fn init(settings: &Settings, top: &Top) -> Result<(), Failure> {
    if settings.demo {
        let why = "演示不用 init：niangjia serve --demo 自己生成数据和账号。正式使用请去掉 --demo";
        return Err(Failure::Settings(why.into()));
    }
    // Another key than the one that is lost would stand in its place, and open nothing.
    let made = if house::is_there(settings).await? { None } else { master::make(settings)? };
    let mut out = std::io::stdout();
    // Told at once: whoever then mends a wrong code begins again with this key, and is told no more of it.
    if let Some(path) = made {
        let path = std::path::absolute(&path).unwrap_or(path);
        writeln!(out, "主密钥已写入 {}，请另存一份：丢失后，证件号码与电话再也无法读出。", path.display())?;
    }
    let house = house::open(settings).await?;
    let caller = &Caller::<Manage>::system(&house, "the first day");
    if organisation::Entity::find().count(caller.read()).await? > 0 {
        return Err(Failure::NotEmpty);
    }
    let division = division::parse(&top.code).ok().filter(division::Division::is_plausible);
    let form = OrganisationForm {
        division: division.map(|found| found.code().to_owned()),
        ..OrganisationForm::new(&top.code, &top.name, Kind::Federation)
    };
    let input = NewOrganisation { parent_id: None, level: top.level.into(), form };
    let organisation = caller.id();
    let officers = OFFICERS.map(|(username, role)| {
        let (password, username, name) = (password(house.ambient()), username.to_owned(), role.to_owned());
        Officer { username, name, password, role, organisation, must_change: true }
    });
    access::first_day(caller, (organisation, &input), &officers).await?;
    if let Some(doubt) = doubt(&top.code, top.level) {
        tracing::warn!("{doubt}");
    }
    for Officer { username, password, role, .. } in &officers {
        writeln!(out, "{username:<10}{password}  {role}")?;
    }
    let url = settings.public_url();
    writeln!(out, "以上是一次性密码，首次登录时须更换。启动服务（niangjia serve）后，在浏览器打开 {url}")?;
    house.tasks().stop().await;
    Ok(())
}

/// What is odd about the top union's code. A federation may give itself another than its division's, but on a first day it is
/// more often a slip of the hand.
fn doubt(code: &str, level: TopLevel) -> Option<String> {
    let own = level.division()?;
    let why = match division::parse(code) {
        Ok(parsed) if !parsed.is_plausible() => "行政区划代码的第3、4位没有这样的编法，请核对。".to_owned(),
        Ok(parsed) if parsed.level() != own => {
            let name = Level::from(level).label();
            return Some(format!(
                "“{code}”不是{name}行政区的代码，而 --level 是{name}，请核对。层级以后不能更改：如果填错了，\
                 请删去刚建的数据库（默认是数据目录里以 niangjia.sqlite 开头的文件，主密钥留着），重新运行 niangjia init。"
            ));
        }
        Ok(_) => return None,
        Err(problem) => problem.message(),
    };
    Some(format!("“{code}”不是行政区划代码：{why}工会已按这个代码建立；如果填错了，请系统管理员登录后在“组织”页改正。"))
}

/// Gives an account a one-time password and prints it; `without_phone` also takes his authenticator away, if he has one.
///
/// # Errors
/// When there is no such account.
pub async fn give_password(settings: &Settings, username: &str, without_phone: bool) -> Result<(), Failure> {
    let house: House = house::enter(settings).await?;
    let caller = &Caller::<ManageAccounts>::system(&house, "the operator's command");
    let query = account::Entity::find().filter(account::Column::Username.eq(username.to_lowercase()));
    let account = query.one(caller.read()).await?.ok_or_else(|| Failure::NoAccount(username.to_owned()))?;
    let password = password(house.ambient());
    reset_password(caller, account.id, &GivenPassword { password: password.clone() }).await?;
    // Shown at once: the old one holds no longer, whatever becomes of the rest.
    writeln!(std::io::stdout(), "{password}\n以上是一次性密码，下次登录时须更换。")?;
    if without_phone {
        match second_factor::take_away(caller, account.id).await {
            Err(none) if none.code == "second_factor_not_set" => tracing::warn!("{}", none.detail),
            taken => taken?,
        }
    }
    house.tasks().stop().await;
    Ok(())
}

/// A password that can be read out on the telephone: no sign looks like another. 15 signs, some 60 bits.
fn password(ambient: &Ambient) -> String {
    let mut bytes = ambient.bytes::<15>().into_iter();
    let groups = ["ABCDEFGHJKMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789"];
    let group = |signs: &str| -> String {
        let pick = |byte: u8| signs.chars().cycle().nth(byte.into());
        bytes.by_ref().take(5).filter_map(pick).collect()
    };
    groups.map(group).join("-")
}

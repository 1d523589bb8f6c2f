//! A simulated device of a station, for showing and for fitting: it speaks to the broker as a real one does.

use clap::{Args, ValueEnum};
use kernel::Ambient;
use station::{
    door::{
        DeviceKind,
        carrier::Broker,
        simulate::{Does, Done, Simulated},
    },
    rules::wire::State,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader, stdin},
    sync::mpsc::{UnboundedSender, unbounded_channel},
};

use crate::{
    house::{self, Failure},
    settings::Settings,
};

/// Which device.
#[derive(Args)]
pub struct Simulation {
    /// 设备种类
    kind: Kind,
    /// 设备编号，与控制台登记的一致；也是连接消息服务器的用户名
    code: String,
    /// 设备连接消息服务器的密码，服务器要求时填写
    #[arg(long)]
    password: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// 门锁：每行一个扫到的到站码；open、shut 表示门开着、关上
    Lock,
    /// 客流计数器：+2 进两人，-1 出一人
    Counter,
    /// 微波炉：on、off
    Microwave,
    /// 温度计：21.5
    Temperature,
    /// 烟雾报警器：on、off
    Smoke,
    /// 电源开关：on、off
    Power,
}

impl Kind {
    fn device(self) -> DeviceKind {
        match self {
            Self::Lock => DeviceKind::Lock,
            Self::Counter => DeviceKind::Counter,
            Self::Microwave => DeviceKind::Microwave,
            Self::Temperature => DeviceKind::Temperature,
            Self::Smoke => DeviceKind::Smoke,
            Self::Power => DeviceKind::Power,
        }
    }
}

/// Simulates until its input ends.
///
/// # Errors
/// When no broker is set.
pub async fn simulate(settings: &Settings, simulation: &Simulation) -> Result<(), Failure> {
    let broker = house::broker(settings)?.ok_or_else(|| Failure::Settings("请设置 mqtt_url".into()))?;
    let login = simulation.password.clone().map(|password| (simulation.code.clone(), password));
    let broker = Broker { login, ..broker };
    let ((hand, hands), (shown, mut does)) = (unbounded_channel(), unbounded_channel());
    let device = Simulated::new(&simulation.code, simulation.kind.device(), Ambient::system(), shown);
    tracing::info!(code = simulation.code, "模拟设备已启动");
    let look = async {
        while let Some(does) = does.recv().await {
            match does {
                Does::Order(what) => tracing::info!(what, "执行指令"),
                Does::Late(what) => tracing::info!(what, "指令已过时，不执行"),
                Does::Refuses(why) => tracing::info!(why, "不开门"),
                Does::Acknowledged(_) => tracing::info!("已上报"),
                Does::Connected => tracing::info!("已连上消息服务器"),
                Does::Lost(why) => {
                    tracing::warn!(why, "连不上消息服务器，会一直再试；请核对 mqtt_url、设备编号（即用户名）和密码");
                }
            }
        }
    };
    tokio::join!(device.run(&broker, hands), read(simulation.kind, hand), look);
    Ok(())
}

/// Reads what is done to the device.
async fn read(kind: Kind, hand: UnboundedSender<Done>) {
    let mut lines = BufReader::new(stdin()).lines();
    let (mut entered, mut left) = (0_i64, 0_i64);
    while let Ok(Some(line)) = lines.next_line().await {
        let line = line.trim();
        let stand = |state: State| Some(Done::Stand(state));
        let is_on = || match line {
            "on" | "open" => Some(true),
            "off" | "shut" => Some(false),
            _ => None,
        };
        let done = match kind {
            Kind::Lock => match is_on() {
                Some(open) => stand(State { open: Some(open), ..State::default() }),
                None => (!line.is_empty()).then(|| Done::Scan(line.to_owned())),
            },
            Kind::Counter => match line.parse::<i64>() {
                Ok(people) if people >= 0 => {
                    entered += people;
                    stand(State { entered: Some(entered), left: Some(left), ..State::default() })
                }
                Ok(people) => {
                    left -= people;
                    stand(State { entered: Some(entered), left: Some(left), ..State::default() })
                }
                Err(_) => None,
            },
            Kind::Microwave | Kind::Power => is_on().and_then(|on| stand(State { on: Some(on), ..State::default() })),
            Kind::Smoke => is_on().and_then(|smoke| stand(State { smoke: Some(smoke), ..State::default() })),
            Kind::Temperature => tenths(line).and_then(|at| stand(State { decidegrees: Some(at), ..State::default() })),
        };
        match done {
            Some(done) => {
                if hand.send(done).is_err() {
                    return;
                }
            }
            None => tracing::warn!(line, "看不懂"),
        }
    }
}

/// Tenths of a degree of a text such as `21.5`.
fn tenths(text: &str) -> Option<i64> {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let part = part.parse::<i64>().ok().filter(|part| (0..10).contains(part))?;
    Some(sign * (whole.parse::<i64>().ok()? * 10 + part))
}

#[cfg(test)]
mod tests {
    use super::tenths;

    #[test]
    fn degrees_are_read() {
        assert_eq!(
            [tenths("21.5"), tenths("-3"), tenths("-0.4"), tenths("x"), tenths("1.25")],
            [Some(215), Some(-30), Some(-4), None, None]
        );
    }
}

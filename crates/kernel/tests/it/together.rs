//! Those who ask at the same time.

use std::{pin::Pin, sync::Arc};

use kernel::{House, together::Together};
use testing::App;
use tokio::sync::{mpsc, oneshot};

type Heard = Pin<Box<dyn Future<Output = Option<u32>>>>;

/// Asks these; `units` are told of each unit's turn and who is in it.
fn ask(house: &House, desk: &Arc<Together<u32, u32>>, numbers: &[u32], units: &Units) -> Vec<Heard> {
    let enter = |number: &u32| -> Heard {
        let units = units.clone();
        Box::pin(desk.ask(house, *number, move |asked| {
            let units = units.clone();
            async move {
                let (go, gone) = oneshot::channel();
                units.send((asked.iter().map(|one| one.question).collect(), go)).unwrap();
                if gone.await.is_ok() {
                    for one in asked {
                        let number = one.question;
                        one.tell(number);
                    }
                }
            }
        }))
    };
    numbers.iter().map(enter).collect()
}

/// Hears of each unit whom it answers; it goes on when it is told to.
type Units = mpsc::UnboundedSender<(Vec<u32>, oneshot::Sender<()>)>;

#[tokio::test]
async fn whoever_comes_while_others_are_answered_waits_for_the_next_unit() {
    let app = App::sqlite(&[kernel::own::programme()]).await;
    let (house, desk) = (app.house(), Arc::new(Together::default()));
    let (units, mut turns) = mpsc::unbounded_channel();
    let mut heard = ask(house, &desk, &[1], &units);
    let (first, go) = turns.recv().await.unwrap();
    heard.extend(ask(house, &desk, &[2, 3, 4], &units));
    tokio::task::yield_now().await;
    assert!(turns.try_recv().is_err(), "one is at work");
    go.send(()).unwrap();
    let (second, go) = turns.recv().await.unwrap();
    assert_eq!((first, second), (vec![1], vec![2, 3, 4]));
    go.send(()).unwrap();
    for (number, heard) in (1..).zip(heard) {
        assert_eq!(heard.await, Some(number));
    }
    // With nobody left at work the next is answered too.
    let heard = ask(house, &desk, &[5], &units);
    let (_, go) = turns.recv().await.unwrap();
    go.send(()).unwrap();
    assert_eq!(heard.into_iter().next().unwrap().await, Some(5));
    app.close().await;
}

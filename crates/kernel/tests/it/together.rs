//! Those who ask at the same time.

use std::sync::Arc;

use kernel::{House, together::Together};
use testing::App;
use tokio::sync::{mpsc, oneshot};

/// What somebody asks, and where he hears the answer.
type Asked = (u32, oneshot::Sender<u32>);

/// Asks these; `units` are told of each unit's turn and who is in it.
fn ask(house: &House, desk: &Arc<Together<Asked>>, numbers: &[u32], units: &Units) -> Vec<oneshot::Receiver<u32>> {
    let enter = |number: &u32| {
        let (answer, heard) = oneshot::channel();
        let units = units.clone();
        desk.enter(house, (*number, answer), move |asked| {
            let units = units.clone();
            async move {
                let (go, gone) = oneshot::channel();
                units.send((asked.iter().map(|(number, _)| *number).collect(), go)).unwrap();
                if gone.await.is_ok() {
                    for (number, answer) in asked {
                        answer.send(number).unwrap();
                    }
                }
            }
        });
        heard
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
        assert_eq!(heard.await, Ok(number));
    }
    // With nobody left at work the next is answered too.
    let heard = ask(house, &desk, &[5], &units);
    let (_, go) = turns.recv().await.unwrap();
    go.send(()).unwrap();
    assert_eq!(heard.into_iter().next().unwrap().await, Ok(5));
    app.close().await;
}

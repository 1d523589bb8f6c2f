//! Jobs in several server processes: done once in effect, by whoever lives, several at once, in order where they are about
//! the same thing.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
};

use chrono::TimeDelta;
use kernel::{
    Answer, Context, Problem, Programme,
    outbox::{self, EventRecord, JobKind},
    permission::LoggedIn,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ModelTrait, PaginatorTrait, QueryFilter, QueryOrder, Statement,
};
use testing::App;
use tokio::sync::Semaphore;
use utoipa_axum::router::OpenApiRouter;

type Event = <EventRecord as ModelTrait>::Entity;
type Column = <Event as EntityTrait>::Column;

/// Where a job tells that it has begun, and waits until it may go on.
struct Gate {
    begun: Semaphore,
    go: Semaphore,
    half: Semaphore,
    on: Semaphore,
    done: Semaphore,
}

static GATES: LazyLock<Mutex<HashMap<String, Arc<Gate>>>> = LazyLock::new(Mutex::default);

/// The gate of one job of one test: payloads are told apart by the database's kind.
fn gate(payload: &str) -> Arc<Gate> {
    let none = || Semaphore::new(0);
    let closed = || Arc::new(Gate { begun: none(), go: none(), half: none(), on: none(), done: none() });
    GATES.lock().unwrap().entry(payload.to_owned()).or_insert_with(closed).clone()
}

async fn pass(semaphore: &Semaphore) {
    semaphore.acquire().await.unwrap().forget();
}

/// Tells that something happened.
pub async fn note(context: &Context, kind: &'static str) -> Result<(), Problem> {
    context.unit(|unit| async move { outbox::publish(&unit, context, kind, &()) }).await
}

impl Gate {
    /// Lets the job pass as often.
    fn open(&self, times: usize) {
        self.go.add_permits(times);
        self.on.add_permits(times);
    }
}

/// Three units, and waits between them.
fn slow<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        let gate = gate(payload);
        note(context, "begun").await?;
        gate.begun.add_permits(1);
        pass(&gate.go).await;
        note(context, "half").await?;
        gate.half.add_permits(1);
        pass(&gate.on).await;
        note(context, "ended").await?;
        gate.done.add_permits(1);
        Ok(())
    })
}

fn returned<'a>(context: &'a Context, _: &'a str) -> Answer<'a> {
    Box::pin(note(context, "returned"))
}

fn refused<'a>(context: &'a Context, _: &'a str) -> Answer<'a> {
    Box::pin(async move {
        note(context, "tried").await?;
        Err(Problem::new(500, "away", "对方没有应答。"))
    })
}

const SLOW: JobKind = JobKind::new("test.slow", 3, slow);
const RETURNING: JobKind = JobKind::new("test.returning", 3, returned).every(60);
const FAILING: JobKind = JobKind::new("test.failing", 3, refused);

const TEXT: JobKind = JobKind::new("test.text", 3, slow).texting();
const LOST: JobKind = JobKind::new("test.lost", 1, refused).texting();

/// The kernel, and a programme with these jobs.
pub fn programmes(jobs: &'static [JobKind]) -> Vec<Programme> {
    let own = Programme { jobs: &[], ..kernel::own::programme() };
    let test = Programme {
        name: "test",
        label: "测试",
        routes: OpenApiRouter::new,
        fact_kinds: &[],
        permissions: &[],
        rules: &[],
        sites: None,
        hands_over: None,
        budget_left: None,
        where_done: None,
        migrations: Vec::new,
        acts: &[],
        tells: &[],
        jobs,
        ..own
    };
    vec![own, test]
}

async fn order(app: &App, payload: &str) {
    order_of(app, SLOW, payload).await;
}

async fn order_of(app: &App, kind: JobKind, payload: &str) {
    order_later(app, kind, payload, TimeDelta::zero()).await;
}

async fn order_later(app: &App, kind: JobKind, payload: &str, wait: TimeDelta) {
    let caller = &app.caller::<LoggedIn>();
    let ordered = caller.unit(|unit| async move {
        outbox::enqueue(&unit, caller, kind.code, &payload, (caller.now() + wait).into()).await.map(drop)
    });
    ordered.await.unwrap();
}

/// The payload as the job gets it, and what a test names it by.
fn named(app: &App, name: &str) -> (String, Arc<Gate>) {
    let name = format!("{name} {}", if app.is_on_server() { "server" } else { "file" });
    let payload = serde_json::to_string(&name).unwrap();
    (name, gate(&payload))
}

/// How many events of a kind there are.
pub async fn noted(app: &App, kind: &str) -> u64 {
    Event::find().filter(Column::Kind.eq(kind)).count(app.caller::<LoggedIn>().read()).await.unwrap()
}

/// Lets so many seconds pass.
pub fn wait(app: &App, seconds: i64) {
    app.set_clock(app.caller::<LoggedIn>().now() + TimeDelta::seconds(seconds));
}

#[tokio::test]
async fn a_job_whose_process_was_thought_dead_is_done_once() {
    App::each(&programmes(&[SLOW]), async |app| {
        let other = app.another_process().await;
        let (name, gate) = named(&app, "taken over");
        order(&app, &name).await;
        let first = outbox::settle(app.house());
        let second = async {
            pass(&gate.begun).await;
            wait(&app, 20);
            // The claim still holds: nothing is due.
            outbox::settle(&other).await.unwrap();
            assert_eq!(noted(&app, "begun").await, 1);
            wait(&app, 20);
            let taken = outbox::settle(&other);
            let release = async {
                pass(&gate.begun).await;
                // Both wait, and both may go on; the first is no longer the one whose job it is.
                gate.open(2);
            };
            tokio::join!(taken, release).0.unwrap();
        };
        let (first, ()) = tokio::join!(first, second);
        first.unwrap();
        assert_eq!((noted(&app, "begun").await, noted(&app, "ended").await), (2, 1));
        drop(other);
    })
    .await;
}

#[tokio::test]
async fn each_unit_of_a_job_is_a_sign_of_life() {
    App::each(&programmes(&[SLOW]), async |app| {
        let other = app.another_process().await;
        let (name, gate) = named(&app, "alive");
        order(&app, &name).await;
        let first = outbox::settle(app.house());
        let second = async {
            // Claimed at 0 s; a unit of the job at 25 s; without it the claim would have run out at 40 s.
            pass(&gate.begun).await;
            wait(&app, 25);
            gate.go.add_permits(1);
            pass(&gate.half).await;
            wait(&app, 15);
            outbox::settle(&other).await.unwrap();
            gate.on.add_permits(1);
        };
        let (first, ()) = tokio::join!(first, second);
        first.unwrap();
        assert_eq!((noted(&app, "begun").await, noted(&app, "ended").await), (1, 1));
        drop(other);
    })
    .await;
}

#[tokio::test]
async fn a_long_job_holds_up_only_what_is_about_the_same_thing() {
    App::each(&programmes(&[SLOW]), async |app| {
        let process = app.another_process().await;
        let (long, at_long) = named(&app, "long");
        let (short, at_short) = named(&app, "short");
        for name in [&long, &long, &short] {
            order(&app, name).await;
            wait(&app, 1);
        }
        process.tasks().start(outbox::run(process.clone()));
        pass(&at_long.begun).await;
        at_short.open(1);
        pass(&at_short.done).await;
        // The second long one was due before the short one, and there was room for it.
        assert_eq!(noted(&app, "begun").await, 2);
        at_long.open(2);
        for _ in 0..2 {
            pass(&at_long.done).await;
        }
        process.tasks().stop().await;
        assert_eq!((noted(&app, "begun").await, noted(&app, "ended").await), (3, 3));
    })
    .await;
}

#[tokio::test]
async fn texts_that_wait_for_their_gateway_hold_up_nothing_else() {
    App::each(&programmes(&[SLOW, TEXT]), async |app| {
        let process = app.another_process().await;
        let texts: Vec<(String, Arc<Gate>)> = (0..4).map(|number| named(&app, &format!("text {number}"))).collect();
        for (name, _) in &texts {
            order_of(&app, TEXT, name).await;
        }
        process.tasks().start(outbox::run(process.clone()));
        for (_, at_text) in &texts[..3] {
            pass(&at_text.begun).await;
        }
        // There is no room for the fourth text, and room enough for what is no text.
        let (other, at_other) = named(&app, "no text");
        order(&app, &other).await;
        at_other.open(1);
        pass(&at_other.done).await;
        assert_eq!(noted(&app, "begun").await, 4);
        for (_, at_text) in &texts {
            at_text.open(1);
            pass(&at_text.done).await;
        }
        process.tasks().stop().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_tried_again_and_again_holds_up_nothing_that_is_yet_to_be_begun() {
    App::each(&programmes(&[FAILING, RETURNING]), async |app| {
        for number in 0..9 {
            order_of(&app, FAILING, &format!("text {number}")).await;
        }
        app.settle().await;
        // All of them are due again before the fresh one is.
        wait(&app, 30);
        order_of(&app, RETURNING, "fresh").await;
        app.settle().await;
        let kinds = ["tried", "returned"];
        let told = Event::find().filter(Column::Kind.is_in(kinds)).order_by_asc(Column::Position);
        let told = told.all(app.caller::<LoggedIn>().read()).await.unwrap();
        assert_eq!((told.len(), told.iter().position(|event| event.kind == "returned")), (19, Some(9)));
    })
    .await;
}

#[tokio::test]
async fn a_program_that_stops_leaves_its_job_to_the_next() {
    App::each(&programmes(&[SLOW]), async |app| {
        let process = app.another_process().await;
        let (name, gate) = named(&app, "put down");
        order(&app, &name).await;
        process.tasks().start(outbox::run(process.clone()));
        pass(&gate.begun).await;
        process.tasks().stop().await;
        assert_eq!(noted(&app, "ended").await, 0);
        gate.open(1);
        // At once: the claim doesn't have to run out.
        app.settle().await;
        assert_eq!((noted(&app, "begun").await, noted(&app, "ended").await), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_is_put_back_stops_no_job() {
    App::each(&programmes(&[SLOW, RETURNING]), async |app| {
        let now = app.caller::<LoggedIn>().now();
        app.set_clock(now + TimeDelta::days(30));
        app.schedule().await;
        assert_eq!(noted(&app, "returned").await, 1);
        // A process dies with a job claimed, in a month that is still to come.
        let dead = app.another_process().await;
        let (name, gate) = named(&app, "of next month");
        order(&app, &name).await;
        tokio::select! {
            outcome = outbox::settle(&dead) => panic!("ended: {outcome:?}"),
            () = pass(&gate.begun) => {}
        }
        app.set_clock(now);
        outbox::schedule(app.house()).await.unwrap();
        gate.open(1);
        app.settle().await;
        assert_eq!((noted(&app, "returned").await, noted(&app, "ended").await), (2, 1));
        drop(dead);
    })
    .await;
}

#[tokio::test]
async fn what_was_ordered_before_the_clock_was_put_back_waits_no_longer_than_it_should() {
    App::each(&programmes(&[SLOW]), async |app| {
        let now = app.caller::<LoggedIn>().now();
        app.set_clock(now + TimeDelta::hours(20));
        let (name, gate) = named(&app, "for a minute later");
        order_later(&app, SLOW, &name, TimeDelta::seconds(60)).await;
        gate.open(1);
        app.set_clock(now);
        outbox::schedule(app.house()).await.unwrap();
        app.settle().await;
        assert_eq!(noted(&app, "ended").await, 0);
        wait(&app, 61);
        app.settle().await;
        assert_eq!(noted(&app, "ended").await, 1);
        // What is ordered since has a key of that time, too, and waits as long as it was told.
        let (name, gate) = named(&app, "for an hour later");
        order_later(&app, SLOW, &name, TimeDelta::hours(1)).await;
        gate.open(1);
        outbox::schedule(app.house()).await.unwrap();
        app.settle().await;
        assert_eq!(noted(&app, "ended").await, 1);
        wait(&app, 3_601);
        app.settle().await;
        assert_eq!(noted(&app, "ended").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_wait_is_shortened_once_however_many_processes_see_that_the_clock_was_put_back() {
    App::each(&programmes(&[SLOW]), async |app| {
        let (name, gate) = named(&app, "for two minutes later");
        gate.open(1);
        wait(&app, 300);
        order_later(&app, SLOW, &name, TimeDelta::seconds(120)).await;
        wait(&app, -300);
        for _ in 0..2 {
            outbox::schedule(app.house()).await.unwrap();
            wait(&app, 59);
            app.settle().await;
            assert_eq!(noted(&app, "ended").await, 0);
        }
        wait(&app, 3);
        app.settle().await;
        assert_eq!(noted(&app, "ended").await, 1);
    })
    .await;
}

#[tokio::test]
async fn what_a_newer_program_ordered_is_left_to_it() {
    App::each(&programmes(&[SLOW]), async |app| {
        order_of(&app, FAILING, "unknown here").await;
        for _ in 0..3 {
            app.settle().await;
            wait(&app, 31);
        }
        let caller = app.caller::<LoggedIn>();
        let begun = Statement::from_string(caller.read().get_database_backend(), "SELECT attempts FROM job");
        let begun = caller.read().query_one_raw(begun).await.unwrap().unwrap();
        let begun: i32 = begun.try_get("", "attempts").unwrap();
        let stand = outbox::stand(&caller).await.unwrap();
        assert_eq!((begun, stand.due, stand.behind_s, stand.left), (0, 0, 0, 0));
        assert_eq!(stand.unknown, [FAILING.code]);
    })
    .await;
}

#[tokio::test]
async fn a_text_that_was_given_up_is_named_for_a_week_and_then_forgotten() {
    let test = programmes(&[LOST]).into_iter().skip(1);
    let all: Vec<Programme> = [kernel::own::programme()].into_iter().chain(test).collect();
    App::each(&all, async |app| {
        order_of(&app, LOST, "no news in a week").await;
        app.settle().await;
        for (days, left) in [(6, 1), (2, 0)] {
            app.pass(TimeDelta::days(days));
            app.work("kernel.sweep").await.unwrap();
            assert_eq!(outbox::stand(&app.caller::<LoggedIn>()).await.unwrap().left, left);
        }
    })
    .await;
}

#[tokio::test]
async fn a_job_with_which_each_process_dies_is_left_to_the_operator() {
    App::each(&programmes(&[SLOW]), async |app| {
        let dying = app.another_process().await;
        let (name, gate) = named(&app, "deadly");
        order(&app, &name).await;
        for _ in 0..SLOW.attempts {
            tokio::select! {
                outcome = outbox::settle(&dying) => panic!("ended: {outcome:?}"),
                () = pass(&gate.begun) => {}
            }
            // Nobody says any longer that he lives.
            wait(&app, 31);
        }
        app.settle().await;
        let caller = app.caller::<LoggedIn>();
        let stand = outbox::stand(&caller).await.unwrap();
        assert_eq!((noted(&app, "begun").await, stand.due, stand.left), (3, 0, 1));
        let given_up = async |name: &str| outbox::given_up(&caller, &[SLOW.code], &name).await.unwrap();
        assert!(given_up(&name).await.is_some(), "whoever waits for it waits in vain");
        order(&app, &name).await;
        assert_eq!(given_up(&name).await, None, "one is yet to be done");
        gate.open(1);
        app.settle().await;
        drop(dying);
    })
    .await;
}

//! An index on shelves finds what lies on any of them.

use database::{
    Database, Fault, Migration, Settings,
    sea_orm::{Condition, ConnectionTrait, DbErr, ExprTrait, sea_query},
    sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, schema::big_integer},
    shelf::Shelves,
};
use sea_query::{Expr, Index, Query, SelectStatement, Table};

const SHELVES: Shelves = Shelves { table: "book", position: "place", bits: 17 };
const LONG: Shelves = Shelves { bits: 20, ..SHELVES };

struct Step;

impl MigrationName for Step {
    fn name(&self) -> &'static str {
        "m2026_01_01_books"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (place, writer) = (big_integer("place").primary_key().to_owned(), big_integer("writer"));
        manager.create_table(Table::create().table("book").col(place).col(writer).to_owned()).await?;
        let index = Index::create().name("book_by_writer").table("book").col("writer").to_owned();
        manager.create_index(index).await?;
        SHELVES.put(manager, "book_by_writer", &["writer"]).await?;
        LONG.put(manager, "book_by_writer_too", &["writer"]).await
    }
}

fn steps() -> Vec<Migration> {
    vec![Box::new(Step)]
}

fn places_of(writer: i64, shelves: Condition) -> SelectStatement {
    let writers = Expr::col(("book", "writer")).eq(writer);
    Query::select().column(("book", "place")).from("book").cond_where(shelves).and_where(writers).to_owned()
}

#[tokio::test]
async fn what_lies_on_any_shelf_is_found_by_the_index() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::open(&Settings::file(&dir.path().join("test.sqlite"))).await.unwrap();
    database.migrate(&[steps]).await.unwrap();
    let reader = database.reader();
    let none = reader.query_all(&places_of(7, SHELVES.all(reader))).await.unwrap();
    assert!(none.is_empty());

    let places = [1, (1 << 17) - 1, 1 << 17, (1 << 17) + 1, 1_000_000];
    let put = |place: i64| format!("INSERT INTO book VALUES ({place}, 7), ({}, 8)", -place);
    let all = &places.map(put).join(";");
    database.unit(|unit| async move { Ok::<_, Fault>(unit.execute_unprepared(all).await.map(drop)?) }).await.unwrap();

    for (shelves, index) in [(SHELVES, "book_by_writer "), (LONG, "book_by_writer_too ")] {
        let question = places_of(7, shelves.all(reader));
        let rows = reader.query_all(&question).await.unwrap();
        let mut found: Vec<i64> = rows.iter().map(|row| row.try_get("", "place").unwrap()).collect();
        found.sort_unstable();
        assert_eq!(found, places);

        let mut explained = reader.get_database_backend().build(&question);
        explained.sql.insert_str(0, "EXPLAIN QUERY PLAN ");
        let step = reader.query_one_raw(explained).await.unwrap().unwrap();
        let step: String = step.try_get("", "detail").unwrap();
        assert!(step.contains(index), "{step}");
    }
}

//! A worked example, end to end: the logs of tenancy and studios, the relays, the figures, the records behind them.

use crate::world::{
    Joins, Meets, World, call, class, class_uuid, day, figure, member, numbers, officer, period, session,
    session_uuid, studio, studio_id, task, task_uuid,
};
use contract::Handle as _;
use contract::analytics::{
    FigureRecords, FigureTrend, Record, RecordKind, SchoolFigures, StudioFigures, SubjectFigures, TreeFigures,
};
use contract::studios::MemberCategory::{Candidate, HomeroomTeacher, OutsideExpert, PsychologyTeacher};
use contract::studios::StudioFunction::{Guidance, Research};
use contract::tenancy::AssignmentKind::{Deputy, Principal};
use platform::{Change, Event};
use vocabulary::{
    Code, METRICS, MetricState, OrganisationNo, PageInput, PersonId, Principal as Caller, Role,
};

const SPRING: &str = "2025-2026.2";

/// School 11: two classes, one of them vacant for a week; a studio of four; eight tasks due in the spring.
fn school() -> Vec<Event> {
    let joins = |person, home, categories| Joins { person, home, categories, from: "2025-09-01", to: None };
    vec![
        class(
            11,
            1,
            1,
            "2025-09-01",
            None,
            &[(1, Principal, "2025-09-01", None), (2, Deputy, "2025-09-01", None)],
        ),
        class(
            11,
            2,
            1,
            "2025-09-01",
            None,
            // Nobody from Monday the 2nd to Friday the 6th of March.
            &[(3, Principal, "2025-09-01", Some("2026-03-01")), (4, Principal, "2026-03-07", None)],
        ),
        studio(11, 1, 1, "2025-09-01", None),
        member(11, 1, 1, 1, joins(1, 11, &[HomeroomTeacher])),
        member(11, 1, 2, 1, joins(2, 11, &[Candidate, PsychologyTeacher])),
        member(11, 1, 3, 1, joins(5, 12, &[HomeroomTeacher])),
        member(11, 1, 4, 1, joins(6, 13, &[OutsideExpert])),
        task(11, 1, 1, 1, "2026-03-10", Some(("2026-03-09", true))),
        task(11, 1, 2, 1, "2026-03-10", Some(("2026-03-10", true))),
        task(11, 1, 3, 1, "2026-03-10", Some(("2026-03-16", true))),
        task(11, 1, 4, 1, "2026-03-10", Some(("2026-03-10", false))),
        task(11, 1, 5, 1, "2026-04-30", Some(("2026-05-02", false))),
        task(11, 1, 6, 1, "2026-05-08", None),
        task(11, 1, 7, 1, "2026-05-18", None),
        task(11, 1, 8, 1, "2026-06-30", None),
    ]
}

fn values(figures: &SubjectFigures) -> Vec<Option<f64>> {
    figures.figures.iter().map(|figure| figure.value).collect()
}

#[tokio::test]
async fn figures_follow_the_logs() {
    let world = World::new().await;
    world.log(&school()).await;
    world.relay(15).await;

    // From 20 February to 18 May 2026 there are 59 teaching days (1–5 May is a holiday): 118 class-days, 5 vacant.
    let spring = world.school(11, SPRING).await;
    assert_eq!(spring.as_of, Some(day("2026-05-18")));
    let share = Some(113.0 / 118.0 * 100.0);
    assert_eq!(numbers(&spring, "1.1.2.a"), (Some(113.0), Some(118.0), share));
    assert_eq!(numbers(&spring, "1.1.2.b"), (Some(5.0), Some(118.0), Some(5.0)));
    assert_eq!(numbers(&spring, "1.1.2.c"), (Some(2.0), Some(3.0), Some(2.0 / 3.0 * 100.0)));
    assert_eq!(figure(&spring, "1.1.2.e").state, MetricState::NotApplicable, "turnover is a year's");
    let year = world.school(11, "2025-2026").await;
    assert_eq!(numbers(&year, "1.1.2.e"), (Some(1.0), Some(3.0), Some(1.0 / 3.0 * 100.0)));
    assert_eq!(numbers(&spring, "2.1.1.a"), (Some(3.0), Some(4.0), Some(75.0)));
    assert_eq!(numbers(&spring, "2.1.1.b"), (Some(2.0), Some(5.0), Some(2.0)));
    assert_eq!(numbers(&spring, "2.1.1.c"), (Some(2.0), Some(2.0), Some(2.0)));
    assert_eq!(numbers(&spring, "3.3.1.a"), (Some(3.0), Some(8.0), Some(37.5)));
    assert_eq!(numbers(&spring, "3.3.1.b"), (Some(2.0), Some(8.0), Some(25.0)));
    assert_eq!(numbers(&spring, "3.3.1.c"), (None, Some(3.0), Some(6.0)));
    assert_eq!(numbers(&spring, "3.3.1.f"), (Some(2.0), Some(8.0), Some(2.0)));

    // The studio's own figures are the same but for the school's; the school year holds the spring's tasks.
    let own = world.studio(1, SPRING).await;
    assert_eq!(values(&own)[2..9], values(&spring)[2..9]);
    assert_eq!(figure(&own, "1.1.2.a").state, MetricState::NotApplicable);
    assert_eq!(numbers(&year, "3.3.1.a"), (Some(3.0), Some(8.0), Some(37.5)));

    // In the autumn no task was due; it ended on 31 January and stays so.
    let autumn = world.school(11, "2025-2026.1").await;
    assert_eq!(
        (autumn.as_of, figure(&autumn, "3.3.1.a").state),
        (Some(day("2026-01-31")), MetricState::NotApplicable)
    );
    assert_eq!(numbers(&autumn, "1.1.2.b").2, Some(0.0));
}

#[tokio::test]
async fn a_task_closed_moves_the_figure_and_open_pages_hear_of_it() {
    let world = World::of(school()).await;
    let mut heard = world.changes.subscribe();
    world.apply(vec![task(11, 1, 7, 2, "2026-05-18", Some(("2026-05-18", true)))]).await;
    let expected = Change {
        owner_no: OrganisationNo(11),
        studio: Some(studio_id(1)),
        kind: contract::events::TASK.to_owned(),
        id: task_uuid(7).to_string(),
    };
    assert_eq!(heard.recv().await.unwrap(), expected);
    assert_eq!(numbers(&world.school(11, SPRING).await, "3.3.1.a"), (Some(4.0), Some(8.0), Some(50.0)));
    // Reopened, it is as it was; an older event that comes late changes nothing.
    world.apply(vec![task(11, 1, 7, 3, "2026-05-18", None)]).await;
    world.apply(vec![task(11, 1, 6, 0, "2026-05-08", Some(("2026-05-08", true)))]).await;
    assert_eq!(numbers(&world.school(11, SPRING).await, "3.3.1.a"), (Some(3.0), Some(8.0), Some(37.5)));
    // Moved into the autumn, it counts there and no longer here.
    world.apply(vec![task(11, 1, 7, 4, "2026-01-15", None)]).await;
    assert_eq!(numbers(&world.school(11, SPRING).await, "3.3.1.a").1, Some(7.0));
    let autumn = world.studio(1, "2025-2026.1").await;
    assert_eq!(numbers(&autumn, "3.3.1.a"), (Some(0.0), Some(1.0), Some(0.0)));
    assert_eq!(numbers(&autumn, "3.3.1.c").2, Some(16.0), "overdue on the period's last day, not since");
}

#[tokio::test]
async fn what_was_never_recorded_is_no_evidence_until_it_is() {
    let world =
        World::of(vec![class(11, 1, 1, "2024-09-01", None, &[]), studio(11, 1, 1, "2026-03-01", None)]).await;
    let states = |figures: SubjectFigures| -> Vec<(MetricState, i32)> {
        figures.figures.iter().map(|figure| (figure.state, figure.missing)).collect()
    };
    let (value, missing) = ((MetricState::Value, 0), (MetricState::InsufficientEvidence, 1));
    let nothing = (MetricState::NotApplicable, 0);
    // Turnover (1.1.2 e) is asked of whole years alone.
    let only_classes = [vec![value; 2], vec![missing; 8], vec![nothing], vec![missing; 6]].concat();
    assert_eq!(states(world.school(11, SPRING).await), only_classes);
    let autumn = "2024-2025.1";
    assert_eq!(states(world.school(11, autumn).await), only_classes);
    // The first task ever makes earlier periods not applicable: the ledger is there, and nothing was due.
    world.apply(vec![task(11, 1, 1, 1, "2026-04-01", None)]).await;
    let until_ledger = [vec![value; 2], vec![missing; 3], vec![nothing; 4], vec![missing, nothing]].concat();
    let with_ledger = [until_ledger.clone(), vec![missing; 6]].concat();
    assert_eq!(states(world.school(11, autumn).await), with_ledger);
    // What is planned is no evidence. The first session held is: of the functions none was served before it.
    let planned = Meets { on: "2026-04-01", held: false, functions: &[], joint: false, listed: &[] };
    world.apply(vec![session(11, 1, 1, 1, planned)]).await;
    assert_eq!(states(world.school(11, autumn).await), with_ledger);
    world.apply(vec![session(11, 1, 1, 2, Meets { held: true, ..planned })]).await;
    // Whom it could have reached is not known: no class has ever had a teacher.
    let with_sessions =
        [until_ledger, vec![value], vec![nothing; 2], vec![missing], vec![nothing; 2]].concat();
    assert_eq!(states(world.school(11, autumn).await), with_sessions);
    // A school without any record, and a period before all records, have no sheet.
    let none = [vec![missing; 10], vec![nothing], vec![missing; METRICS.len() - 11]].concat();
    for (no, of) in [(12, SPRING), (11, "2023-2024.1")] {
        let figures = world.school(no, of).await;
        assert_eq!((figures.as_of, states(figures)), (None, none.clone()));
    }
}

async fn records(world: &World, metric: &str, first: i32) -> Vec<Record> {
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let request = FigureRecords {
            school: None,
            studio: Some(studio_id(1)),
            metric: metric.to_owned(),
            period: period(SPRING),
            page: PageInput { first, after },
        };
        let page = world.ask(&officer(), request).await.unwrap();
        assert!(page.items.len() <= usize::try_from(first).unwrap());
        all.extend(page.items);
        if !page.more {
            assert_eq!(page.total, i64::try_from(all.len()).unwrap());
            return all;
        }
        after = page.end;
    }
}

#[tokio::test]
async fn every_figure_opens_to_its_records_those_that_miss_the_target_first() {
    let world = World::of(school()).await;
    for first in [1, 3, 100] {
        let cleared = records(&world, "3.3.1.a", first).await;
        let counts: Vec<bool> = cleared.iter().map(|record| record.counts).collect();
        assert_eq!(counts, [false, false, false, false, false, true, true, true]);
        let late = records(&world, "3.3.1.c", first).await;
        let expected: Vec<(uuid::Uuid, f64)> =
            vec![(task_uuid(6), 10.0), (task_uuid(3), 6.0), (task_uuid(5), 2.0)];
        assert_eq!(late.iter().map(|record| (record.id, record.weight)).collect::<Vec<_>>(), expected);
        assert!(late.iter().all(|record| record.kind == RecordKind::Task));
        let ids: std::collections::BTreeSet<_> = cleared.iter().map(|record| record.id).collect();
        assert_eq!(ids.len(), 8, "each page goes on where the last ended");
    }
    let request = FigureRecords {
        school: Some(OrganisationNo(11)),
        studio: None,
        metric: "1.1.2.a".to_owned(),
        period: period(SPRING),
        page: PageInput::default(),
    };
    let behind = world.ask(&officer(), request).await.unwrap().items;
    assert_eq!((behind[0].id, behind[0].counts, behind[0].weight), (class_uuid(2), false, 5.0));
    let covered: f64 = behind.iter().filter(|record| record.counts).map(|record| record.weight).sum();
    assert_eq!(Some(covered), numbers(&world.school(11, SPRING).await, "1.1.2.a").0);
}

/// The sessions behind a figure of studio 1: whether they count, and with what weight.
async fn behind(world: &World, metric: &str) -> Vec<(uuid::Uuid, bool, f64)> {
    let found = records(world, metric, 100).await;
    assert!(found.iter().all(|record| record.kind == RecordKind::Session), "{metric}");
    found.iter().map(|record| (record.id, record.counts, record.weight)).collect()
}

#[tokio::test]
async fn sessions_move_the_figures_as_they_are_held_and_corrected() {
    let world = World::of(school()).await;
    let first = Meets {
        on: "2026-03-05",
        held: true,
        functions: &[Research, Guidance],
        joint: true,
        listed: &[(1, 11, true), (3, 11, true), (5, 12, false), (6, 13, true)],
    };
    let second = Meets {
        on: "2026-04-10",
        held: true,
        functions: &[Research],
        joint: false,
        listed: &[(1, 11, true), (4, 11, false), (5, 12, true), (6, 13, true)],
    };
    let planned = Meets { held: false, listed: &[], ..first };
    world.apply(vec![session(11, 1, 1, 1, planned), session(11, 1, 3, 1, planned)]).await;
    let missing = figure(&world.studio(1, SPRING).await, "1.2.1.b").state;
    assert_eq!(missing, MetricState::InsufficientEvidence, "nothing was held yet");

    world.apply(vec![session(11, 1, 1, 2, first), session(11, 1, 2, 1, second)]).await;
    let own = world.studio(1, SPRING).await;
    assert_eq!(values(&own)[11..], values(&world.school(11, SPRING).await)[11..]);
    assert_eq!(numbers(&own, "1.2.1.b"), (Some(2.0), Some(4.0), Some(2.0)));
    let (none, pairs, balance) = numbers(&own, "1.2.1.c");
    assert_eq!((none, pairs), (None, Some(3.0)));
    assert!((balance.unwrap() - 0.459_147_917_027_245).abs() < 1e-12, "two thirds and one third");
    assert_eq!(numbers(&own, "1.2.1.d"), (Some(1.0), Some(2.0), Some(50.0)));
    // Persons 1, 3 and, since March, 4 lead classes; 4 did not come.
    assert_eq!(numbers(&own, "3.2.2.b"), (Some(2.0), Some(3.0), Some(2.0 / 3.0 * 100.0)));
    assert_eq!(numbers(&own, "3.2.2.c"), (Some(6.0), Some(8.0), Some(75.0)));
    assert_eq!(numbers(&own, "3.2.2.e"), (Some(2.0), Some(2.0), Some(2.0)));
    let [one, two] = [1, 2].map(session_uuid);
    assert_eq!(behind(&world, "1.2.1.b").await, [(one, true, 2.0)], "the second serves nothing new");
    assert_eq!(behind(&world, "1.2.1.c").await, [(one, true, 2.0), (two, true, 1.0)]);
    assert_eq!(behind(&world, "3.2.2.b").await, [(one, true, 2.0)]);
    let attendance = [(one, false, 1.0), (two, false, 1.0), (one, true, 3.0), (two, true, 3.0)];
    assert_eq!(behind(&world, "3.2.2.c").await, attendance);
    assert_eq!(behind(&world, "3.2.2.e").await, [(one, true, 1.0), (two, true, 1.0)]);

    // The record of the second is corrected: 4 came after all. What comes late of it changes nothing.
    let corrected = Meets { listed: &[(1, 11, true), (4, 11, true), (5, 12, true), (6, 13, true)], ..second };
    world.apply(vec![session(11, 1, 2, 3, corrected), session(11, 1, 2, 2, second)]).await;
    let own = world.studio(1, SPRING).await;
    assert_eq!(numbers(&own, "3.2.2.b"), (Some(3.0), Some(3.0), Some(100.0)));
    assert_eq!(numbers(&own, "3.2.2.c"), (Some(7.0), Some(8.0), Some(87.5)));
    assert_eq!(behind(&world, "3.2.2.b").await, [(one, true, 2.0), (two, true, 1.0)]);
    // Whom the school's classes have for teachers moves the studio's figure too.
    let teachers = [(3, Principal, "2025-09-01", Some("2026-03-01")), (9, Principal, "2026-03-07", None)];
    world.apply(vec![class(11, 2, 2, "2025-09-01", None, &teachers)]).await;
    let own = world.studio(1, SPRING).await;
    assert_eq!(numbers(&own, "3.2.2.b"), (Some(2.0), Some(3.0), Some(2.0 / 3.0 * 100.0)));

    // The first was in January, it turns out: it counts there and no longer here.
    world.apply(vec![session(11, 1, 1, 3, Meets { on: "2026-01-20", ..first })]).await;
    let (own, autumn) = (world.studio(1, SPRING).await, world.studio(1, "2025-2026.1").await);
    assert_eq!(numbers(&own, "1.2.1.b"), (Some(1.0), Some(4.0), Some(1.0)));
    assert_eq!(numbers(&own, "1.2.1.d"), (Some(0.0), Some(1.0), Some(0.0)));
    assert_eq!(numbers(&autumn, "1.2.1.b"), (Some(2.0), Some(4.0), Some(2.0)));
    assert_eq!(numbers(&autumn, "3.2.2.b"), (Some(2.0), Some(2.0), Some(100.0)));
    assert_eq!(behind(&world, "1.2.1.b").await, [(two, true, 1.0)]);

    // Neither was held after all: one of them gone, its semester has none; both gone, there never was one.
    world.apply(vec![session(11, 1, 1, 4, planned)]).await;
    let autumn = world.studio(1, "2025-2026.1").await;
    assert_eq!(numbers(&autumn, "1.2.1.b"), (Some(0.0), Some(4.0), Some(0.0)));
    assert_eq!(figure(&autumn, "3.2.2.c").state, MetricState::NotApplicable);
    world.apply(vec![session(11, 1, 2, 4, planned)]).await;
    let gone = world.studio(1, SPRING).await;
    assert!(gone.figures[11..].iter().all(|figure| figure.state == MetricState::InsufficientEvidence));
    assert!(behind(&world, "3.2.2.c").await.is_empty());
    let kept = "select count(*) from analytics.session where held or attendance <> '[]'";
    assert_eq!(world.count(kept).await, 0, "of what was not held nobody is kept");
}

#[tokio::test]
async fn a_trend_is_oldest_first() {
    let world = World::of(school()).await;
    let ask = |school, studio, metric: &str, periods| {
        let request =
            FigureTrend { school, studio, metric: metric.to_owned(), period: period(SPRING), periods };
        let world = &world;
        async move { world.ask(&officer(), request).await }
    };
    let trend = ask(Some(OrganisationNo(11)), None, "3.3.1.a", 3).await.unwrap();
    let points: Vec<(String, MetricState)> =
        trend.iter().map(|point| (point.period.to_string(), point.figure.state)).collect();
    let expected = [
        ("2024-2025.2", MetricState::InsufficientEvidence),
        ("2025-2026.1", MetricState::NotApplicable),
        ("2025-2026.2", MetricState::Value),
    ];
    assert_eq!(points, expected.map(|(name, state)| (name.to_owned(), state)));
    let own = ask(None, Some(studio_id(1)), "2.1.1.a", 1).await.unwrap();
    assert_eq!(own[0].figure.value, Some(75.0));
    for (school, studio, metric, periods, code) in [
        (None, None, "3.3.1.a", 1, Code::Required),
        (Some(OrganisationNo(11)), Some(studio_id(1)), "3.3.1.a", 1, Code::InvalidValue),
        (Some(OrganisationNo(11)), None, "9.9.9.z", 1, Code::MetricUnknown),
        (Some(OrganisationNo(11)), None, "3.3.1.a", 0, Code::InvalidValue),
        (Some(OrganisationNo(11)), None, "3.3.1.a", i32::MAX, Code::InvalidValue),
        (Some(OrganisationNo(500)), None, "3.3.1.a", 1, Code::NotFound),
        (None, Some(studio_id(77)), "3.3.1.a", 1, Code::NotFound),
    ] {
        assert_eq!(
            ask(school, studio, metric, periods).await.unwrap_err().code(),
            code,
            "{metric} {periods}"
        );
    }
}

#[tokio::test]
async fn what_lies_outside_the_scope_is_not_there() {
    let world = World::of(school()).await;
    let schools =
        || SchoolFigures { schools: [11, 500].map(OrganisationNo).to_vec(), period: period(SPRING) };
    let studios = || StudioFigures { studios: vec![studio_id(1), studio_id(9)], period: period(SPRING) };
    let trees = || TreeFigures { sets: vec![vec![OrganisationNo(11)]], period: period(SPRING) };
    let seen = |caller: Caller| {
        let world = &world;
        async move {
            let schools = world.ask(&caller, schools()).await.unwrap();
            let studios = world.ask(&caller, studios()).await.unwrap();
            [schools[0].is_some(), schools[1].is_some(), studios[0].is_some(), studios[1].is_some()]
        }
    };
    let me = PersonId::new();
    assert_eq!(seen(officer()).await, [true, false, true, false]);
    let elsewhere = testkit::principal::bureau_officer(me, 500, (500, 600));
    assert_eq!(seen(elsewhere.clone()).await, [false, true, false, false]);
    let expert = testkit::principal::on_studio(me, Role::ExternalExpert, studio_id(1), 11);
    assert_eq!(seen(expert.clone()).await, [false, false, true, false]);
    assert_eq!(seen(testkit::principal::without_hat(me)).await, [false; 4]);
    // A set holds only what the reader may see of it: here nothing.
    let sums = world.ask(&elsewhere, trees()).await.unwrap();
    assert!(sums[0].figures.iter().all(|f| f.state == MetricState::NotApplicable) && sums[0].as_of.is_none());
    // The guest expert opens the studio's records and not the school's.
    let behind = |school, studio| FigureRecords {
        school,
        studio,
        metric: "3.3.1.a".to_owned(),
        period: period(SPRING),
        page: PageInput::default(),
    };
    assert_eq!(world.ask(&expert, behind(None, Some(studio_id(1)))).await.unwrap().total, 8);
    let refused = world.ask(&expert, behind(Some(OrganisationNo(11)), None)).await;
    assert_eq!(refused.unwrap_err().code(), Code::NotFound);
    let refused = world.ask(&elsewhere, behind(None, Some(studio_id(1)))).await;
    assert_eq!(refused.unwrap_err().code(), Code::NotFound);
    // Those who run the installation, its accounts or its audit see no figure, nor does who has not signed in.
    let without_content =
        |role| (testkit::principal::on_organisation(me, role, 10, &[(10, 100)], &[]), Code::Forbidden);
    for (caller, code) in [
        without_content(Role::SystemAdministrator),
        without_content(Role::SecurityAdministrator),
        without_content(Role::AuditAdministrator),
        (Caller::anonymous(), Code::Unauthenticated),
    ] {
        assert_eq!(world.ask(&caller, schools()).await.unwrap_err().code(), code);
        assert_eq!(world.ask(&caller, studios()).await.unwrap_err().code(), code);
        assert_eq!(world.ask(&caller, trees()).await.unwrap_err().code(), code);
        assert_eq!(world.ask(&caller, behind(None, Some(studio_id(1)))).await.unwrap_err().code(), code);
    }
}

#[tokio::test]
async fn input_that_makes_no_sense_is_a_coded_error() {
    let world = World::of(school()).await;
    let many = vec![OrganisationNo(11); vocabulary::MAX_IDS + 1];
    let schools = SchoolFigures { schools: many.clone(), period: period(SPRING) };
    assert_eq!(world.ask(&officer(), schools).await.unwrap_err().code(), Code::TooMany);
    let trees = TreeFigures { sets: vec![many; 2], period: period(SPRING) };
    assert_eq!(world.ask(&officer(), trees).await.unwrap_err().code(), Code::TooMany);
    let empty = TreeFigures { sets: vec![Vec::new(); vocabulary::MAX_IDS + 1], period: period(SPRING) };
    assert_eq!(world.ask(&officer(), empty).await.unwrap_err().code(), Code::TooMany);
    let odd =
        vec![OrganisationNo(i32::MIN), OrganisationNo(i32::MAX), OrganisationNo(11), OrganisationNo(11)];
    let answer = world.ask(&officer(), SchoolFigures { schools: odd, period: period(SPRING) }).await.unwrap();
    assert_eq!(answer.iter().map(Option::is_some).collect::<Vec<_>>(), [false, false, true, true]);
    let page = |first, after: Option<&str>| FigureRecords {
        school: Some(OrganisationNo(11)),
        studio: None,
        metric: "3.3.1.a".to_owned(),
        period: period(SPRING),
        page: PageInput { first, after: after.map(str::to_owned) },
    };
    for (first, after, code) in
        [(0, None, Code::PageSize), (101, None, Code::PageSize), (5, Some("x"), Code::Cursor)]
    {
        assert_eq!(world.ask(&officer(), page(first, after)).await.unwrap_err().code(), code);
    }
    // A cursor belongs to the figure it was made for.
    let end = world.ask(&officer(), page(2, None)).await.unwrap().end;
    let other = FigureRecords { metric: "3.3.1.b".to_owned(), ..page(2, end.as_deref()) };
    assert_eq!(world.ask(&officer(), other).await.unwrap_err().code(), Code::Cursor);
}

#[tokio::test]
async fn the_audit_is_read_by_those_who_may() {
    let world = World::of(school()).await;
    let ask = |caller| {
        let filter = contract::tenancy::AuditFilter {
            organisation: None,
            person: None,
            action: None,
            since: None,
            until: None,
        };
        let request = contract::analytics::ListAudit { filter, page: PageInput::default() };
        let world = &world;
        async move { world.analytics.handle(&call(&caller), request).await.map(|page| page.total) }
    };
    let auditor =
        testkit::principal::on_organisation(PersonId::new(), Role::AuditAdministrator, 10, &[(10, 100)], &[]);
    assert_eq!(
        ask(auditor).await.unwrap(),
        0,
        "what a consumer does is in the audit of whoever changed the record"
    );
    assert_eq!(ask(officer()).await.unwrap_err().code(), Code::Forbidden);
    assert_eq!(ask(Caller::anonymous()).await.unwrap_err().code(), Code::Unauthenticated);
}

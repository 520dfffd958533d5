//! Where a message's enum is a vocabulary of the standard, its names are the vocabulary's terms.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use contract::studios::{CommunityActivity, LeaderType, MemberCategory, StudioFunction, StudioMode};
use serde::Serialize;
use vocabulary::VOCABULARIES;

fn terms(vocabulary: &str) -> Vec<&str> {
    let found = VOCABULARIES.iter().find(|one| one.id == vocabulary).unwrap();
    found.terms.iter().map(|term| term.id.as_str()).collect()
}

fn names<T: Serialize>(all: &[T]) -> Vec<String> {
    all.iter().map(|one| serde_json::to_value(one).unwrap().as_str().unwrap().to_owned()).collect()
}

#[test]
fn modes_and_leaders_are_the_standards() {
    let modes =
        [StudioMode::MasterTeacher, StudioMode::Mentoring, StudioMode::ModularTeam, StudioMode::Other];
    assert_eq!(names(&modes), terms("studio_modes"));
    assert_eq!(names(&[LeaderType::Leading, LeaderType::Coordinating]), terms("leader_types"));
}

#[test]
fn the_categories_of_members_are_the_core_and_what_supplements_it() {
    let core = [MemberCategory::HomeroomTeacher, MemberCategory::Candidate];
    assert_eq!(names(&core), terms("core_members"));
    let others = [
        MemberCategory::MoralEducationExpert,
        MemberCategory::PsychologyTeacher,
        MemberCategory::Researcher,
        MemberCategory::Administrator,
        MemberCategory::OutsideExpert,
    ];
    assert_eq!(names(&others), terms("supplementary_members"));
}

#[test]
fn functions_and_activities_are_the_standards() {
    let functions =
        [StudioFunction::Research, StudioFunction::Advice, StudioFunction::Guidance, StudioFunction::Service];
    assert_eq!(names(&functions), terms("studio_functions"));
    let activities = [
        CommunityActivity::Exchange,
        CommunityActivity::Study,
        CommunityActivity::Research,
        CommunityActivity::Practice,
        CommunityActivity::Growth,
    ];
    assert_eq!(names(&activities), terms("community_activities"));
}

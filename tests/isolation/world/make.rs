//! Organisations, people and grants, from a seed.

use super::{Grant, Kind, On, Organisation, Person, Under, World, day, noon};
use chrono::NaiveDate;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use uuid::Uuid;
use vocabulary::Role;

/// The day on which the network begins.
const BEGINNING: (i32, u32, u32) = (2020, 9, 1);
const TODAY: (i32, u32, u32) = (2026, 5, 18);
const LATER: (i32, u32, u32) = (2026, 8, 20);
/// Numbers: a province's block, a city's, a county's.
const PROVINCE: i32 = 65_536;
const CITY: i32 = 2_048;
const COUNTY: i32 = 128;

pub(super) fn id(rng: &mut StdRng) -> Uuid {
    // The form of a UUIDv7 with a random time, so that the order of ids tells nothing.
    uuid::Builder::from_random_bytes(rng.random()).with_version(uuid::Version::SortRand).into_uuid()
}

pub(super) fn ymd((y, m, d): (i32, u32, u32)) -> NaiveDate {
    day(y, m, d)
}

impl World {
    /// The network of a seed.
    pub(crate) fn make(seed: u64) -> Self {
        let mut world = Self {
            seed,
            days: [ymd(TODAY), ymd(LATER)],
            organisations: Vec::new(),
            people: Vec::new(),
            grants: Vec::new(),
            classes: Vec::new(),
            studios: Vec::new(),
            memberships: Vec::new(),
            plan_items: Vec::new(),
            tasks: Vec::new(),
            sessions: Vec::new(),
            audits: Vec::new(),
        };
        let mut rng = StdRng::seed_from_u64(seed);
        world.lay_organisations(&mut rng);
        world.change_organisations(&mut rng);
        world.add_people(&mut rng);
        world.add_records(&mut rng);
        world.add_grants(&mut rng);
        world.add_sessions(&mut rng);
        world
    }

    fn organisation(
        &mut self,
        rng: &mut StdRng,
        kind: Kind,
        no: i32,
        block: i32,
        parent: Option<usize>,
    ) -> usize {
        let index = self.organisations.len();
        let level = match (kind, block) {
            (Kind::Bureau, PROVINCE) => Some("province"),
            (Kind::Bureau, CITY) => Some("city"),
            (Kind::Bureau, _) => Some("county"),
            _ => None,
        };
        let words = match kind {
            Kind::Bureau => "教育局",
            Kind::School => "职业技术学校",
            Kind::Alliance => "职教集团",
        };
        let from = ymd(BEGINNING);
        self.organisations.push(Organisation {
            id: id(rng),
            no,
            block,
            kind,
            level,
            name: format!("第{index}{words}"),
            code: (kind == Kind::School).then(|| format!("36{index:08}")),
            place: ["530100", "530102", "530111", "530322"][index % 4],
            founded: from,
            closed: None,
            merged: None,
            under: parent.map(|parent| Under { parent, from, until: None }).into_iter().collect(),
        });
        index
    }

    fn lay_organisations(&mut self, rng: &mut StdRng) {
        let top = self.organisation(rng, Kind::Bureau, PROVINCE, PROVINCE, None);
        self.organisation(rng, Kind::School, PROVINCE + 1, 0, Some(top));
        for city in 1..=2 {
            let base = PROVINCE + CITY * city;
            let bureau = self.organisation(rng, Kind::Bureau, base, CITY, Some(top));
            let mut next = base + 1;
            for _ in 0..2 {
                self.organisation(rng, Kind::School, next, 0, Some(bureau));
                next += 1;
            }
            let alliance = self.organisation(rng, Kind::Alliance, next, 0, Some(bureau));
            for n in 1..=2 {
                self.organisation(rng, Kind::School, next + n, 0, Some(alliance));
            }
            for county in 1..=2 {
                let base = base + COUNTY * county;
                let bureau = self.organisation(rng, Kind::Bureau, base, COUNTY, Some(bureau));
                for n in 1..=rng.random_range(3..=5) {
                    self.organisation(rng, Kind::School, base + n, 0, Some(bureau));
                }
            }
        }
    }

    /// Puts an organisation under another from a day on.
    fn put(&mut self, which: usize, parent: usize, from: NaiveDate) {
        let under = &mut self.organisations[which].under;
        if let Some(last) = under.last_mut() {
            last.until = Some(from);
        }
        under.push(Under { parent, from, until: None });
    }

    /// Ends an organisation on a day: merged into another, or closed.
    fn end(&mut self, which: usize, into: Option<usize>, from: NaiveDate) {
        let organisation = &mut self.organisations[which];
        organisation.closed = Some(from);
        organisation.merged = into;
        if let Some(last) = organisation.under.last_mut() {
            last.until = Some(from);
        }
    }

    /// Moves, mergers and closures: past ones, chains of them, and ones decided for the summer.
    fn change_organisations(&mut self, rng: &mut StdRng) {
        let of = |world: &Self, kind: Kind, block: i32| -> Vec<usize> {
            let fits = |o: &Organisation| o.kind == kind && (kind != Kind::Bureau || o.block == block);
            (0..world.organisations.len()).filter(|i| fits(&world.organisations[*i])).collect()
        };
        let (cities, counties) = (of(self, Kind::Bureau, CITY), of(self, Kind::Bureau, COUNTY));
        let mut schools: Vec<usize> = of(self, Kind::School, 0);
        let mut school = |rng: &mut StdRng| schools.swap_remove(rng.random_range(1..schools.len()));
        // A county bureau with everything below it goes from one city to the other.
        self.put(counties[1], cities[1], day(2026, 2, 1));
        // A school moves; one moves twice; one goes and comes back; one will move in July.
        let elsewhere = |world: &Self, rng: &mut StdRng, which: usize| {
            let now = world.organisations[which].under.last().map(|under| under.parent);
            let others: Vec<usize> =
                counties.iter().chain(&cities).copied().filter(|c| Some(*c) != now).collect();
            *others.choose(rng).unwrap()
        };
        for dates in [&[(2026, 1, 1)][..], &[(2025, 10, 1), (2026, 3, 1)], &[(2026, 7, 1)]] {
            let which = school(rng);
            for date in dates {
                let to = elsewhere(self, rng, which);
                self.put(which, to, ymd(*date));
            }
        }
        let which = school(rng);
        let home = self.organisations[which].under[0].parent;
        let away = elsewhere(self, rng, which);
        self.put(which, away, day(2024, 9, 1));
        self.put(which, home, day(2025, 9, 1));
        // One merged into another that was itself merged later; one whose merger is decided for August; one closed.
        let (first, second, last) = (school(rng), school(rng), school(rng));
        self.end(first, Some(second), day(2024, 8, 1));
        self.end(second, Some(last), day(2025, 8, 1));
        let (which, into) = (school(rng), school(rng));
        self.end(which, Some(into), day(2026, 8, 1));
        let which = school(rng);
        self.end(which, None, day(2025, 8, 1));
    }

    fn add_people(&mut self, rng: &mut StdRng) {
        for home in 0..self.organisations.len() {
            let count = match self.organisations[home].kind {
                Kind::Bureau => 4,
                Kind::Alliance => 2,
                Kind::School => rng.random_range(4..=6),
            };
            for n in 0..count {
                let index = self.people.len();
                let family = ["王", "李", "张", "刘", "陈"].choose(rng).unwrap();
                let left = (n == 3 && rng.random_ratio(1, 4)).then(|| day(2026, 3, 1));
                self.people.push(Person {
                    id: id(rng),
                    name: format!("{family}某{index}"),
                    login: format!("p{index:03}.{home}"),
                    phone: format!("1990000{index:04}"),
                    home,
                    left,
                });
            }
        }
    }

    /// Since when and until when a grant holds, and when it was taken back: mostly for good.
    fn validity(rng: &mut StdRng) -> (NaiveDate, Option<NaiveDate>, Option<chrono::DateTime<chrono::Utc>>) {
        let from = day(2024, 9, 1);
        match rng.random_range(0..20) {
            0 | 1 => (from, Some(day(2026, 5, 17)), None),
            2 => (day(2026, 5, 19), None, None),
            3 | 4 => (from, None, Some(noon(day(2026, 4, 2)))),
            5 => (from, Some(ymd(TODAY)), None),
            6 => (ymd(TODAY), Some(day(2026, 12, 31)), None),
            7 => (day(2026, 7, 1), None, None),
            _ => (from, None, None),
        }
    }

    fn grant(&mut self, rng: &mut StdRng, person: usize, role: Role, on: On) {
        let (from, to, revoked) = Self::validity(rng);
        let id = id(rng);
        self.grants.push(Grant { id, person, role, on, from, to, revoked, membership: None });
    }

    /// The roles that an organisation's own people may hold there.
    const fn roles_of(kind: Kind) -> &'static [Role] {
        match kind {
            Kind::Bureau => &[Role::BureauAdministrator, Role::BureauOfficer, Role::Analyst],
            Kind::Alliance => &[Role::AllianceAdministrator],
            Kind::School => &[
                Role::SchoolLeader,
                Role::SchoolAdministrator,
                Role::SchoolClerk,
                Role::HomeroomTeacher,
                Role::HomeroomTeacher,
            ],
        }
    }

    fn add_grants(&mut self, rng: &mut StdRng) {
        let people: Vec<usize> = (0..self.people.len()).filter(|p| self.people[*p].left.is_none()).collect();
        let mut nth = vec![0; self.organisations.len()];
        for person in &people {
            let home = self.people[*person].home;
            let roles = Self::roles_of(self.organisations[home].kind);
            let role = roles[nth[home] % roles.len()];
            nth[home] += 1;
            self.grant(rng, *person, role, On::Organisation(home));
            // A second one, here or somewhere else.
            if rng.random_ratio(1, 3) {
                let other =
                    if rng.random_ratio(1, 2) { home } else { rng.random_range(0..self.organisations.len()) };
                let role = *Self::roles_of(self.organisations[other].kind).choose(rng).unwrap();
                self.grant(rng, *person, role, On::Organisation(other));
            }
        }
        // The three administrators of the installation: one person each, of the topmost organisation or a city's.
        let three = [Role::SystemAdministrator, Role::SecurityAdministrator, Role::AuditAdministrator];
        for (person, role) in people.iter().zip(three) {
            let id = id(rng);
            let (on, from) = (On::Organisation(0), day(2024, 9, 1));
            self.grants.push(Grant {
                id,
                person: *person,
                role,
                on,
                from,
                to: None,
                revoked: None,
                membership: None,
            });
        }
        for membership in 0..self.memberships.len() {
            let of = self.memberships[membership].clone();
            let role = match (of.role, of.category) {
                ("lead", _) => Role::StudioLead,
                ("coordinator", _) => Role::StudioCoordinator,
                (_, "outside_expert") => Role::ExternalExpert,
                _ => Role::StudioMember,
            };
            let id = id(rng);
            let (on, membership) = (On::Studio(of.studio), Some(membership));
            let grant = Grant {
                id,
                person: of.person,
                role,
                on,
                from: of.from,
                to: of.to,
                revoked: None,
                membership,
            };
            self.grants.push(grant);
        }
        // Guests whose studio took the grant back.
        for _ in 0..6 {
            let (person, studio) = (*people.choose(rng).unwrap(), rng.random_range(0..self.studios.len()));
            let role = *[Role::StudioMember, Role::ExternalExpert, Role::StudioLead].choose(rng).unwrap();
            let (id, on, from) = (id(rng), On::Studio(studio), day(2025, 9, 1));
            let revoked = Some(noon(day(2026, 5, 17)));
            self.grants.push(Grant { id, person, role, on, from, to: None, revoked, membership: None });
        }
    }
}

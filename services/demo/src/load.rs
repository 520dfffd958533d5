//! Loading the network through the import, as a bureau would.

use crate::sheets::{Sheet, Target, sheets};
use crate::town::{Size, Town};
use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use contract::Client;
use contract::studios::{self, Studios};
use contract::tenancy::{
    self, ChangePassword, ListPeople, PersonFilter, PersonSort, ResetPassword, Resume, SignIn, SignOut,
    Tenancy,
};
use std::time::Duration;
use uuid::Uuid;
use vocabulary::{Actor, Call, Direction, FileBytes, ImportJob, ImportState, PageInput, Principal, Scope};

/// The network's seed.
pub const SEED: u64 = 20_260_901;
/// The password of every demonstration account.
const PASSWORD: &str = "Banlian-2026-demo";

/// An account that somebody may sign in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Account name.
    pub login: String,
    /// Password.
    pub password: String,
    /// Who it is.
    pub role: String,
}

/// The services that the network is loaded into.
#[derive(Clone)]
pub struct Network {
    /// Organisations, people, classes.
    pub tenancy: Client<dyn Tenancy>,
    /// Studios, plans, ledgers.
    pub studios: Client<dyn Studios>,
}

/// Who is shown at the start: one account for each role.
const SHOWN: &[(&str, &str)] = &[
    ("city.officer", "市局督导员 bureau officer"),
    ("city.analyst", "分析员 analyst"),
    ("county1.admin", "县局管理员 county administrator"),
    ("county1.officer", "县局督导员 county officer"),
    ("county2.officer", "县局督导员 county officer"),
    ("county3.officer", "县局督导员 county officer"),
    ("s01.leader", "学校领导 school leader"),
    ("s01.admin", "学校管理员 school administrator"),
    ("s01.clerk", "学校经办人 school clerk"),
    ("s01.t01", "工作室主持人 studio lead"),
    ("s01.t02", "工作室成员、班主任 studio member, homeroom teacher"),
];

fn key() -> String {
    Uuid::now_v7().to_string()
}

fn call(principal: &Principal) -> Call {
    Call::new(principal.clone(), Duration::from_secs(100))
}

/// Signs in and gives the principal, or `None` where the password is another.
async fn sign_in(network: &Network, login: &str, password: &str) -> Result<Option<Principal>> {
    let nobody = call(&Principal::anonymous());
    let request = SignIn {
        login: login.to_owned(),
        password: password.to_owned(),
        source: "127.0.0.1".to_owned(),
        device: "demo".to_owned(),
    };
    let signed = match network.tenancy.ask(&nobody, request).await {
        Ok(signed) => signed,
        Err(error) if error.kind() == vocabulary::Kind::Unauthenticated => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let resumed =
        network.tenancy.ask(&nobody, Resume { token: signed.token, hat: None, look: false }).await?;
    Ok(Some(resumed.principal))
}

async fn sign_out(network: &Network, principal: &Principal) -> Result<()> {
    network.tenancy.ask(&call(principal), SignOut { idempotency_key: key() }).await?;
    Ok(())
}

/// Loads the network where it is not there yet, and gives the accounts. `founders` are the first bureau's people as the
/// installation made them, its administrator first; afterwards they have the demonstration password.
pub async fn load(
    network: &Network,
    founders: &[Account],
    size: Size,
    today: NaiveDate,
    progress: &(dyn Fn(&str) + Send + Sync),
) -> Result<Vec<Account>> {
    let known = |login: &str, role: &str| Account {
        login: login.to_owned(),
        password: PASSWORD.to_owned(),
        role: role.to_owned(),
    };
    let mut accounts: Vec<Account> = founders
        .iter()
        .map(|founder| known(&founder.login, founder.role.split('（').next().unwrap_or_default()))
        .collect();
    accounts.extend(SHOWN.iter().map(|(login, role)| known(login, role)));
    let last = SHOWN.last().context("accounts are shown")?;
    if let Some(principal) = sign_in(network, last.0, PASSWORD).await? {
        sign_out(network, &principal).await?;
        return Ok(accounts);
    }
    let first = founders.first().context("the first bureau has an administrator")?;
    let administrator = with_password(network, first).await?;
    let town = Town::make(SEED, size, today);
    for sheet in sheets(&town)? {
        progress(&format!("导入 {}（{} 行） importing {}", sheet.title, sheet.rows, sheet.kind()));
        import(network, &administrator, &sheet).await?;
    }
    progress("开通演示账号 opening the demonstration accounts");
    for founder in &founders[1..] {
        let principal = with_password(network, founder).await?;
        sign_out(network, &principal).await?;
    }
    for (login, _) in SHOWN {
        open_account(network, &administrator, login).await?;
    }
    sign_out(network, &administrator).await?;
    Ok(accounts)
}

/// A founder with the demonstration password from now on.
async fn with_password(network: &Network, founder: &Account) -> Result<Principal> {
    if let Some(principal) = sign_in(network, &founder.login, PASSWORD).await? {
        return Ok(principal);
    }
    let fresh = sign_in(network, &founder.login, &founder.password).await?;
    let fresh = fresh.with_context(|| {
        format!("{} does not take its first password: it was changed by hand", founder.login)
    })?;
    change_password(network, &fresh, &founder.password).await?;
    sign_in(network, &founder.login, PASSWORD).await?.context("the new password is taken")
}

async fn change_password(network: &Network, principal: &Principal, present: &str) -> Result<()> {
    let request =
        ChangePassword { idempotency_key: key(), present: present.to_owned(), new: PASSWORD.to_owned() };
    network.tenancy.ask(&call(principal), request).await?;
    Ok(())
}

async fn open_account(network: &Network, administrator: &Principal, login: &str) -> Result<()> {
    let filter =
        PersonFilter { search: Some(login.to_owned()), organisation: None, role: None, locked: None };
    let list = ListPeople {
        filter,
        sort: PersonSort::Login,
        direction: Direction::Ascending,
        page: PageInput::default(),
    };
    let found = network.tenancy.ask(&call(administrator), list).await?;
    let person = found.items.into_iter().find(|person| person.login == login);
    let person = person.with_context(|| format!("the account {login} is not there"))?;
    let once = network
        .tenancy
        .ask(&call(administrator), ResetPassword { idempotency_key: key(), person: person.id })
        .await?;
    let principal = sign_in(network, login, &once.password).await?.context("a one-time password is taken")?;
    change_password(network, &principal, &once.password).await?;
    Ok(())
}

async fn import(network: &Network, administrator: &Principal, sheet: &Sheet) -> Result<()> {
    let Actor::Person { hat: Some(hat), .. } = &administrator.actor else {
        bail!("the administrator has no grant")
    };
    let Scope::Organisation { id, no } = hat.scope else {
        bail!("the administrator's grant stands on a studio")
    };
    // What one import adds reaches the other service as events: a row may be a moment too early.
    for attempt in 0..60 {
        let file = FileBytes(sheet.file.clone());
        let file_name = format!("{}.xlsx", sheet.title);
        let mut job: ImportJob = match sheet.target {
            Target::Tenancy(kind) => {
                let request = tenancy::StartImport {
                    idempotency_key: key(),
                    kind,
                    organisation: id,
                    file_name,
                    file,
                    dry_run: false,
                };
                network.tenancy.ask(&call(administrator), request).await?
            }
            Target::Studios(kind) => {
                let request = studios::StartImport {
                    idempotency_key: key(),
                    kind,
                    organisation: no,
                    file_name,
                    file,
                    dry_run: false,
                };
                network.studios.ask(&call(administrator), request).await?
            }
        };
        while matches!(job.state, ImportState::Queued | ImportState::Running) {
            tokio::time::sleep(Duration::from_millis(100)).await;
            job = match sheet.target {
                Target::Tenancy(_) => {
                    network.tenancy.ask(&call(administrator), tenancy::OpenImport { id: job.id }).await?
                }
                Target::Studios(_) => {
                    network.studios.ask(&call(administrator), studios::OpenImport { id: job.id }).await?
                }
            };
        }
        match job.state {
            ImportState::Done => return Ok(()),
            ImportState::Faulty if attempt < 59 && matches!(sheet.target, Target::Studios(_)) => {
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
            state => bail!(
                "{}: {state:?}, {} faults, {}",
                sheet.title,
                job.faults,
                job.problem_en.unwrap_or_default()
            ),
        }
    }
    bail!("{}: the other service did not hear of the people in time", sheet.title)
}

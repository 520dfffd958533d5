import { first, type Places } from './places.ts';

/** The addresses of a route that a person opens. */
type Visit = (places: Places) => Promise<string[]>;

const school = async (places: Places) => first(await places.organisations('SCHOOL'), 'school').id;
const studio = async (places: Places) => first(await places.studios(), 'studio').id;
const year = 'period=2026-2027';

/** Every route with what is to be looked at of it. A route that is missing here fails the test of the pages. */
export const visits = {
  '/': () => Promise.resolve(['/']),
  '/*': () => Promise.resolve(['/nowhere/at/all']),
  '/account': () => Promise.resolve(['/account']),
  '/audit': () => Promise.resolve(['/audit', '/audit?action=ChangePassword']),
  '/classes': () => Promise.resolve(['/classes', '/classes?vacant=yes', '/classes?q=nothing-fits']),
  '/classes/new': () => Promise.resolve(['/classes/new']),
  '/classes/:id': async (places) => [`/classes/${first(await places.classes(), 'class').id}`],
  '/figures/:subject/:metric': async (places) => [`/figures/${await studio(places)}/3.3.1.a?${year}`, `/figures/${await studio(places)}/2.1.1.a`],
  '/imports': () => Promise.resolve(['/imports', '/imports?kind=tasks']),
  '/organisations': () => Promise.resolve(['/organisations', '/organisations?view=place', '/organisations?view=list&on=2026-10-01']),
  '/organisations/new': () => Promise.resolve(['/organisations/new']),
  '/organisations/:id': async (places) => {
    const [one, own] = [await school(places), (await places.hat()).organisation.id];
    return [`/organisations/${one}`, `/organisations/${one}?tab=grants`, `/organisations/${one}?tab=seers&on=2026-10-01`, `/organisations/${own}`];
  },
  '/overview': () => Promise.resolve(['/overview', `/overview?${year}&by=3.3.1`, '/overview?period=2024']),
  '/overview/:subject/:metric': async (places) => [`/overview/${await school(places)}/3.3.1.a?${year}`, `/overview/${await school(places)}/4.1.1`],
  '/people': () => Promise.resolve(['/people', '/people?q=nobody-is-called-so']),
  '/people/new': () => Promise.resolve(['/people/new']),
  '/people/:id': async (places) => {
    const lead = (await places.studios()).find((one) => one.leadName)?.leadName ?? '';
    return [`/people/${first(await places.people(lead), 'person').id}`];
  },
  '/schools': () => Promise.resolve(['/schools']),
  '/schools/:id': async (places) => [`/schools/${await school(places)}?${year}`],
  '/sessions': () => Promise.resolve(['/sessions', '/sessions?state=DUE&q=nothing-fits']),
  '/sessions/:id': async (places) => {
    const held = `/sessions/${first(await places.sessions({ state: 'HELD' }), 'held session').id}`;
    return [held, `${held}?record=yes`, `/sessions/${first(await places.sessions({ state: 'PLANNED' }), 'planned session').id}`];
  },
  '/signin': () => Promise.resolve(['/signin']),
  '/signin/password': () => Promise.resolve(['/signin/password']),
  '/standard': () => Promise.resolve(['/standard', '/standard?q=3.3.1', '/standard?q=nothing-fits']),
  '/studios': () => Promise.resolve(['/studios']),
  '/studios/new': () => Promise.resolve(['/studios/new']),
  '/studios/:id': async (places) => {
    const at = `/studios/${await studio(places)}`;
    return [at, `${at}?tab=plan&${year}`, `${at}?tab=ledger`, `${at}?tab=ledger&view=board`, `${at}?tab=sessions`, `${at}?tab=members`];
  },
  '/studios/:studio/sessions/new': async (places) => [`/studios/${await studio(places)}/sessions/new`],
  '/studios/:studio/tasks/new': async (places) => [`/studios/${await studio(places)}/tasks/new`],
  '/tasks': () => Promise.resolve(['/tasks', '/tasks?state=LATE']),
  '/tasks/:id': async (places) => [
    `/tasks/${first(await places.tasks({ state: 'OPEN' }), 'open task').id}`,
    `/tasks/${first(await places.tasks({ state: 'CLOSED' }), 'closed task').id}`,
  ],
  '/today': () => Promise.resolve(['/today']),
} satisfies Record<string, Visit>;

export type Route = keyof typeof visits;

const bureau: readonly Route[] = ['/overview', '/overview/:subject/:metric', '/figures/:subject/:metric', '/schools', '/schools/:id', '/studios', '/studios/:id', '/tasks', '/tasks/:id', '/sessions', '/sessions/:id', '/classes', '/classes/:id', '/organisations', '/organisations/:id', '/standard'];
const inSchool: readonly Route[] = ['/schools/:id', '/studios', '/studios/:id', '/figures/:subject/:metric', '/tasks', '/tasks/:id', '/sessions', '/sessions/:id', '/classes', '/classes/:id', '/people', '/people/:id', '/standard'];
const inStudio: readonly Route[] = ['/today', '/tasks', '/tasks/:id', '/sessions', '/sessions/:id', '/studios/:id', '/figures/:subject/:metric', '/standard', '/account'];

/**
 * Who opens what: each of the roles for which the program tells an account. A word after the name is the hat that is worn.
 * Who comes first to a route looks at all its addresses in both languages on both screens; who comes later, at the first
 * address, once in each language and on each screen; the lead, again at all.
 */
export const opens: Readonly<Record<string, readonly Route[]>> = {
  'bureau.admin': [...bureau, '/people', '/people/:id', '/people/new', '/organisations/new', '/classes/new', '/studios/new', '/studios/:studio/tasks/new', '/imports', '/audit', '/account', '/', '/*'],
  's01.t01': [...inStudio, '/studios/:studio/tasks/new', '/studios/:studio/sessions/new'],
  'city.officer': bureau,
  'city.analyst': ['/overview', '/overview/:subject/:metric', '/schools', '/schools/:id', '/studios', '/studios/:id', '/tasks', '/classes', '/organisations'],
  'county1.admin': ['/overview', '/organisations', '/people', '/classes', '/imports', '/audit'],
  's01.leader': inSchool,
  's01.admin': [...inSchool, '/people/new', '/classes/new', '/studios/new', '/studios/:studio/tasks/new', '/studios/:studio/sessions/new', '/imports', '/audit', '/organisations/:id'],
  's01.clerk': [...inSchool, '/people/new', '/imports'],
  's01.t02': inStudio,
  's01.t02 HOMEROOM_TEACHER': ['/today', '/studios', '/classes', '/classes/:id', '/account'],
  'system.admin': ['/', '/account'],
  'security.admin': ['/organisations', '/organisations/:id', '/people', '/account'],
  'audit.admin': ['/audit', '/account'],
};

/** Looks at every address of a route, whoever has been there before. */
export const thorough: readonly string[] = ['s01.t01'];

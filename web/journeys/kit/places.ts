import {
  ClassList,
  PickOrganisations,
  PickPeople,
  ResetPassword,
  SessionList,
  StudioList,
  TaskList,
  WhoAmI,
  type ClassFilterInput,
  type OrganisationKind,
  type StudioFilterInput,
  type StudioSessionFilterInput,
  type TaskFilterInput,
} from '@/shared/gql/documents.ts';
import { Reader } from './api.ts';

/** What a reader finds to open: the first of each kind that they may see. */
export class Places {
  constructor(readonly reader: Reader) {}

  static async of(login: string): Promise<Places> {
    return new Places(await Reader.of(login));
  }

  async hat() {
    const { me } = await this.reader.ask(WhoAmI, {});
    if (!me?.hat) throw new Error('this reader wears no hat');
    return me.hat;
  }

  async organisations(kind: OrganisationKind, search: string | null = null) {
    return (await this.reader.ask(PickOrganisations, { filter: { kind, search }, asOf: null })).organisations?.nodes ?? [];
  }

  async studios(filter: StudioFilterInput = {}) {
    return (await this.reader.ask(StudioList, { filter, late: filter, sort: 'NAME', direction: 'ASCENDING', first: 50, after: null })).studios?.nodes ?? [];
  }

  async tasks(filter: TaskFilterInput = {}) {
    return (await this.reader.ask(TaskList, { filter, late: filter, sort: 'DUE_ON', direction: 'ASCENDING', first: 50, after: null })).tasks?.nodes ?? [];
  }

  async sessions(filter: StudioSessionFilterInput = {}) {
    return (await this.reader.ask(SessionList, { filter, due: filter, sort: 'STARTS_AT', direction: 'DESCENDING', first: 50, after: null })).studioSessions?.nodes ?? [];
  }

  async classes(filter: ClassFilterInput = {}) {
    return (await this.reader.ask(ClassList, { filter, vacant: filter, sort: 'NAME', direction: 'ASCENDING', asOf: null, first: 50, after: null })).classes?.nodes ?? [];
  }

  async people(search: string) {
    return (await this.reader.ask(PickPeople, { filter: { search } })).people?.nodes ?? [];
  }

  async person(login: string) {
    const found = (await this.people(login)).find((one) => one.login === login);
    if (!found) throw new Error(`${login} is not to be seen`);
    return found;
  }

  /** A one-time password for somebody whom the program told no account of. */
  async oneTimePassword(login: string): Promise<string> {
    const { resetPassword } = await this.reader.change(ResetPassword, { person: (await this.person(login)).id });
    if (!resetPassword?.password) throw new Error(`no password for ${login}`);
    return resetPassword.password.password;
  }
}

/** The first of a list that must not be empty. */
export function first<T>(list: readonly T[], what: string): T {
  const [one] = list;
  if (one === undefined) throw new Error(`there is no ${what}`);
  return one;
}

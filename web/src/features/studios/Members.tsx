import { Button, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { Go } from '@/shared/address/keep.tsx';
import { AddMember, EndMembership, UpdateMember, type MemberCategory, type MemberPartsFragment, type MemberRole } from '@/shared/gql/documents.ts';
import { useCommand, type UserError } from '@/shared/gql/hooks.ts';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { memberCategoryWords, memberRoleWords, optionsOf } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { mayRunStudio } from '@/shared/session/rights.ts';
import { useSession } from '@/shared/session/session.tsx';
import { Choice } from '@/shared/ui/Choice.tsx';
import { Table, type Column } from '@/shared/ui/DataTable.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { useDownload } from '@/shared/ui/download.ts';
import { Empty } from '@/shared/ui/Empty.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { texts as common } from '@/shared/ui/texts.ts';
import type { Studio } from './StudioPage.tsx';
import { studioTexts } from './texts.ts';

type Member = MemberPartsFragment;
type Dialog = { readonly kind: 'add' } | { readonly kind: 'change' | 'end'; readonly member: Member } | null;

/** Who belongs to the studio, as what, since when: guests of other schools among them. */
export function Members({ studio }: { studio: Studio }) {
  const t = useText(studioTexts);
  const c = useText(common);
  const pick = usePick();
  const dates = useDates();
  const { role } = useSession();
  const { get, busy } = useDownload();
  const [dialog, setDialog] = useState<Dialog>(null);
  const may = mayRunStudio(role) && studio.closedOn === null;
  const close = () => setDialog(null);

  const columns: Column<Member>[] = [
    { key: 'person', title: t('person'), cell: (member) => <Go to={`/people/${member.person}`}>{member.personName}</Go> },
    { key: 'role', title: t('role'), cell: (member) => pick(memberRoleWords[member.role]) },
    {
      key: 'home',
      title: t('home'),
      cell: (member) => (
        <>
          {member.homeName} {member.guest ? <span className="tag near">{t('guest')}</span> : null}
        </>
      ),
    },
    { key: 'category', title: t('category'), cell: (member) => pick(memberCategoryWords[member.principalCategory]) },
    { key: 'from', title: t('from'), cell: (member) => dates.day(member.from) },
    { key: 'to', title: t('to'), cell: (member) => (member.to ? dates.day(member.to) : <span className="tag good">{t('active')}</span>) },
    ...(may
      ? [
          {
            key: 'do',
            title: t('actions'), action: true,
            cell: (member: Member) =>
              member.to ? null : (
                <span className="row">
                  <Button size="small" aria-label={`${t('change')} ${member.personName}`} onClick={() => setDialog({ kind: 'change', member })}>
                    {t('change')}
                  </Button>
                  <Button size="small" aria-label={`${t('endMember')} ${member.personName}`} onClick={() => setDialog({ kind: 'end', member })}>
                    {t('endMember')}
                  </Button>
                </span>
              ),
          },
        ]
      : []),
  ];

  return (
    <>
      <div className="row spaced no-print">
        <Button loading={busy} onClick={() => void get(`/files/exports/members.xlsx?filter=${encodeURIComponent(JSON.stringify({ studio: studio.id }))}`, 'members.xlsx')}>
          {c('export')}
        </Button>
        {may ? (
          <Button type="primary" onClick={() => setDialog({ kind: 'add' })}>
            {t('addMember')}
          </Button>
        ) : null}
      </div>
      <Table caption={`${studio.name} ${t('members')}`} columns={columns} rows={studio.members ?? []} rowKey={(member) => member.id} empty={<Empty title={t('membersEmpty')} hint={t('addMemberHint')} />} />
      <Modal title={t('addMember')} open={dialog?.kind === 'add'} onCancel={close} footer={null} destroyOnHidden>
        <AddForm studio={studio.id} onClose={close} />
      </Modal>
      <Modal title={t('changeMember')} open={dialog?.kind === 'change'} onCancel={close} footer={null} destroyOnHidden>
        {dialog?.kind === 'change' ? <ChangeForm member={dialog.member} onClose={close} /> : null}
      </Modal>
      <Modal title={dialog?.kind === 'end' ? t('endMemberTitle', { name: dialog.member.personName }) : ''} open={dialog?.kind === 'end'} onCancel={close} footer={null} destroyOnHidden>
        {dialog?.kind === 'end' ? <EndForm member={dialog.member} onClose={close} /> : null}
      </Modal>
    </>
  );
}

interface Part {
  role: MemberRole;
  principalCategory: MemberCategory;
  categories?: MemberCategory[];
}

interface PartFormProps<Values extends Part> {
  readonly initial: Partial<Values>;
  readonly errors: readonly UserError[];
  readonly busy: boolean;
  readonly action: string;
  readonly adding?: boolean;
  readonly onSend: (values: Values) => void;
  readonly onCancel: () => void;
}

function PartForm<Values extends Part>({ adding = false, ...form }: PartFormProps<Values>) {
  const t = useText(studioTexts);
  const pick = usePick();
  const categories = optionsOf(memberCategoryWords, pick);
  return (
    <CommandForm<Values> {...form}>
      {adding ? (
        <Field name="login" label={t('login')} hint={t('addMemberHint')} required>
          <Input maxLength={40} autoCapitalize="none" autoComplete="off" />
        </Field>
      ) : null}
      <Field name="role" label={t('role')} required>
        <Choice options={optionsOf(memberRoleWords, pick)} />
      </Field>
      <Field name="principalCategory" label={t('category')} required>
        <Choice options={categories} />
      </Field>
      <Field name="categories" label={t('categories')}>
        <Checkbox.Group options={categories} />
      </Field>
      {adding ? (
        <Field name="from" label={t('from')} required>
          <DayField clearable={false} />
        </Field>
      ) : null}
    </CommandForm>
  );
}

/** All categories, the principal one among them. */
function withPrincipal({ categories = [], principalCategory }: Part): MemberCategory[] {
  return [...new Set([principalCategory, ...categories])];
}

function AddForm({ studio, onClose }: { studio: string; onClose: () => void }) {
  const t = useText(studioTexts);
  const tell = useTell();
  const add = useCommand(AddMember);
  return (
    <PartForm<Part & { login: string; from: string }>
      adding
      initial={{ role: 'MEMBER', principalCategory: 'HOMEROOM_TEACHER', from: today() }}
      errors={add.errors}
      busy={add.busy}
      action={t('add')}
      onCancel={onClose}
      onSend={(values) => {
        void add.run({ studio, login: values.login.trim(), role: values.role, principalCategory: values.principalCategory, categories: withPrincipal(values), from: values.from }).then((outcome) => {
          if (!outcome.done) return;
          tell(t('memberAdded', { name: outcome.payload.member?.personName ?? values.login }));
          onClose();
        });
      }}
    />
  );
}

function ChangeForm({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useText(studioTexts);
  const tell = useTell();
  const update = useCommand(UpdateMember);
  return (
    <PartForm<Part>
      initial={{ role: member.role, principalCategory: member.principalCategory, categories: [...member.categories] }}
      errors={update.errors}
      busy={update.busy}
      action={t('change')}
      onCancel={onClose}
      onSend={(values) => {
        void update.run({ id: member.id, version: member.version, role: values.role, principalCategory: values.principalCategory, categories: withPrincipal(values) }).then((outcome) => {
          if (!outcome.done) return;
          tell(t('saved'));
          onClose();
        });
      }}
    />
  );
}

function EndForm({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useText(studioTexts);
  const tell = useTell();
  const end = useCommand(EndMembership);
  return (
    <CommandForm<{ on: string }>
      initial={{ on: today() }}
      errors={end.errors}
      busy={end.busy}
      action={t('endMember')}
      onCancel={onClose}
      onSend={({ on }) => {
        void end.run({ id: member.id, on }).then((outcome) => {
          if (!outcome.done) return;
          tell(t('memberEnded', { name: member.personName }));
          onClose();
        });
      }}
    >
      <Field name="on" label={t('lastDay')} required>
        <DayField clearable={false} />
      </Field>
    </CommandForm>
  );
}

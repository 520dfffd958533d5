import { Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '@/shared/i18n';
import { Menu } from '@/shared/ui/Menu.tsx';
import { CloseForm, MergeForm } from './EndForms.tsx';
import { CodeForm, MoveForm, RenameForm } from './ChangeForms.tsx';
import type { Organisation } from './OrganisationTable.tsx';
import { organisationTexts } from './texts.ts';

const kinds = ['rename', 'move', 'changeCode', 'merge', 'close'] as const;
type Kind = (typeof kinds)[number];

/** What each form is given: the organisation, and how to leave. */
export interface ChangeProps {
  readonly organisation: Organisation;
  readonly onClose: () => void;
}

const forms: Readonly<Record<Kind, (props: ChangeProps) => ReactNode>> = { rename: RenameForm, move: MoveForm, changeCode: CodeForm, merge: MergeForm, close: CloseForm };

/** The dated changes of an organisation, each in a form that says what will follow. */
export function Changes({ organisation }: { organisation: Organisation }) {
  const t = useText(organisationTexts);
  const [kind, setKind] = useState<Kind | null>(null);
  const close = () => setKind(null);
  const offered = kinds.filter((one) => one !== 'changeCode' || organisation.kind === 'SCHOOL');
  const Form = kind ? forms[kind] : null;
  return (
    <>
      <Menu items={offered.map((one) => ({ key: one, label: t(one), danger: one === 'merge' || one === 'close' }))} onChoose={(key) => setKind(kinds.find((one) => one === key) ?? null)}>
        {t('more')} <span aria-hidden="true">▾</span>
      </Menu>
      <Modal title={kind ? t(`${kind}Title`, { name: organisation.name }) : ''} open={kind !== null} onCancel={close} footer={null} destroyOnHidden>
        {Form ? <Form organisation={organisation} onClose={close} /> : null}
      </Modal>
    </>
  );
}

import { Form, Input } from 'antd';
import { useNavigate } from 'react-router';
import { useKept } from '@/shared/address/keep.tsx';
import { FoundOrganisation, type BureauLevel, type OrganisationKind } from '@/shared/gql/documents.ts';
import { useCommand } from '@/shared/gql/hooks.ts';
import { today, useDates } from '@/shared/i18n/dates.ts';
import { bureauLevelWords, optionsOf, organisationKindWords } from '@/shared/i18n/labels.ts';
import { usePick, useText } from '@/shared/i18n';
import { OrganisationPicker, useOrganisation } from '@/shared/pickers/OrganisationPicker.tsx';
import { useSession } from '@/shared/session/session.tsx';
import { Choice } from '@/shared/ui/Choice.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { CommandForm, Field } from '@/shared/ui/form.tsx';
import { Page } from '@/shared/ui/Page.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { Follows } from './Follows.tsx';
import { organisationTexts } from './texts.ts';
import './organisations.css';

interface Values {
  kind: OrganisationKind;
  level?: BureauLevel | null;
  name: string;
  authority: string;
  placeCode?: string;
  schoolCode?: string;
  creditCode?: string;
  foundedOn: string;
}

/** What is founded, under whom, from which day? */
export function Component() {
  const t = useText(organisationTexts);
  const pick = usePick();
  const dates = useDates();
  const navigate = useNavigate();
  const keep = useKept();
  const tell = useTell();
  const { hat } = useSession();
  const { run, errors, busy } = useCommand(FoundOrganisation);
  const [form] = Form.useForm<Values>();
  const kind = Form.useWatch('kind', form) ?? 'SCHOOL';
  const name = (Form.useWatch('name', form) ?? '').trim();
  const day = Form.useWatch('foundedOn', form) ?? today();
  const authority = useOrganisation(Form.useWatch('authority', form));

  const send = async (values: Values) => {
    const text = (value: string | undefined) => value?.trim() || null;
    const outcome = await run({
      kind: values.kind,
      level: values.kind === 'BUREAU' ? (values.level ?? null) : null,
      name: values.name.trim(),
      authority: values.authority,
      placeCode: text(values.placeCode),
      schoolCode: values.kind === 'SCHOOL' ? text(values.schoolCode) : null,
      creditCode: text(values.creditCode)?.toUpperCase() ?? null,
      foundedOn: values.foundedOn,
    });
    if (!outcome.done) return;
    tell(t('foundTell', { name: values.name.trim() }));
    const id = outcome.payload.organisation?.id;
    void navigate(keep(id ? `/organisations/${id}` : '/organisations'), { replace: true });
  };

  return (
    <Page title={t('found')} sentence={t('foundSentence')} above={[{ label: t('organisations'), to: '/organisations' }]}>
      <div className="card organisation-form">
        <CommandForm<Values>
          form={form}
          initial={{ kind: 'SCHOOL', authority: hat?.organisationKind === 'BUREAU' ? hat.organisation.id : '', foundedOn: today() }}
          errors={errors}
          busy={busy}
          action={t('found')}
          onCancel={() => void navigate(-1)}
          onSend={(values) => void send(values)}
        >
          <Field name="kind" label={t('kind')} required>
            <Choice options={optionsOf(organisationKindWords, pick)} />
          </Field>
          {kind === 'BUREAU' ? (
            <Field name="level" label={t('level')} required>
              <Choice options={optionsOf(bureauLevelWords, pick)} />
            </Field>
          ) : null}
          <Field name="name" label={t('name')} required>
            <Input maxLength={60} />
          </Field>
          <Field name="authority" label={t('authority')} required>
            <OrganisationPicker only={{ kind: 'BUREAU' }} label={t('authority')} />
          </Field>
          <div className="two-fields">
            {kind === 'SCHOOL' ? (
              <Field name="schoolCode" label={t('schoolCode')} hint={t('schoolCodeHint')}>
                <Input maxLength={10} inputMode="numeric" />
              </Field>
            ) : null}
            <Field name="creditCode" label={t('creditCode')} {...(kind === 'SCHOOL' ? { hint: t('creditCodeHint') } : {})}>
              <Input maxLength={18} autoCapitalize="characters" />
            </Field>
            <Field name="placeCode" label={t('placeCode')} hint={t('placeHint')}>
              <Input maxLength={6} inputMode="numeric" />
            </Field>
            <Field name="foundedOn" label={t('foundedOn')} required>
              <DayField clearable={false} />
            </Field>
          </div>
          {authority ? <Follows>{t('foundFollows', { day: dates.day(day), name: name || t('newName'), authority: authority.name })}</Follows> : null}
        </CommandForm>
      </div>
    </Page>
  );
}

import { useNavigate, useSearchParams } from 'react-router';
import { useKept } from '@/shared/address/keep.tsx';
import { AddClass } from '@/shared/gql/documents.ts';
import { useCommand } from '@/shared/gql/hooks.ts';
import { schoolYearOf, today } from '@/shared/i18n/dates.ts';
import { useText } from '@/shared/i18n';
import { useSession } from '@/shared/session/session.tsx';
import { Page } from '@/shared/ui/Page.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { ClassForm, type ClassValues } from './ClassForm.tsx';
import { classTexts } from './texts.ts';
import './classes.css';

/** Which school gets a class? */
export function Component() {
  const t = useText(classTexts);
  const navigate = useNavigate();
  const keep = useKept();
  const tell = useTell();
  const [search] = useSearchParams();
  const { hat } = useSession();
  const { run, errors, busy } = useCommand(AddClass);
  const own = hat?.organisationKind === 'SCHOOL' ? hat.organisation.id : null;
  const year = schoolYearOf(today());

  const send = async (values: ClassValues) => {
    const outcome = await run({
      school: own ?? values.school ?? '',
      name: values.name.trim(),
      cohort: values.cohort ?? year,
      programme: values.programme.trim(),
      headcount: values.headcount,
      openedOn: values.openedOn ?? today(),
    });
    if (!outcome.done) return;
    tell(t('addedTell', { name: values.name.trim() }));
    const id = outcome.payload.class?.id;
    void navigate(keep(id ? `/classes/${id}` : '/classes'), { replace: true });
  };
  return (
    <Page title={t('add')} sentence={own ? t('add') : t('addSentence')} above={[{ label: t('classes'), to: '/classes' }]}>
      <div className="card class-form">
        <ClassForm
          adding
          chooseSchool={own === null}
          initial={{ ...(own ? {} : { school: search.get('school') ?? '' }), cohort: year, openedOn: `${year}-09-01` }}
          errors={errors}
          busy={busy}
          action={t('add')}
          onCancel={() => void navigate(-1)}
          onSend={(values) => void send(values)}
        />
      </div>
    </Page>
  );
}

import { Input } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useKept } from '@/shared/address/keep.tsx';
import { FoundStudio } from '@/shared/gql/documents.ts';
import { useCommand } from '@/shared/gql/hooks.ts';
import { today } from '@/shared/i18n/dates.ts';
import { useText } from '@/shared/i18n';
import { OrganisationPicker, useOrganisation } from '@/shared/pickers/OrganisationPicker.tsx';
import { useSession } from '@/shared/session/session.tsx';
import { DayField } from '@/shared/ui/DayField.tsx';
import { Field } from '@/shared/ui/form.tsx';
import { Page } from '@/shared/ui/Page.tsx';
import { useTell } from '@/shared/ui/Toasts.tsx';
import { StudioForm, type Charter } from './StudioForm.tsx';
import { studioTexts } from './texts.ts';
import './studios.css';

interface Values extends Charter {
  owner: string;
  leadLogin: string;
  foundedOn: string;
}

/** Which studio, of whom, led by whom? */
export function Component() {
  const t = useText(studioTexts);
  const { hat } = useSession();
  const navigate = useNavigate();
  const keep = useKept();
  const tell = useTell();
  const found = useCommand(FoundStudio);
  // Its school, where the page was opened from one; else the organisation of the hat.
  const [search] = useSearchParams();
  const first = search.get('owner') ?? hat?.organisation.id ?? null;
  const [chosen, setChosen] = useState(first);
  const owner = useOrganisation(chosen);

  return (
    <Page title={t('found')} above={[{ label: t('studios'), to: '/studios' }]}>
      <div className="card form-card">
        <StudioForm<Values>
          initial={{ owner: first ?? '', foundedOn: today(), level: 'SCHOOL', mode: 'MASTER_TEACHER', leaderType: 'LEADING' }}
          errors={found.errors}
          busy={found.busy}
          action={t('found')}
          onCancel={() => void navigate(-1)}
          before={
            <Field name="owner" label={t('owner')} required>
              <OrganisationPicker onPick={(picked) => setChosen(picked?.id ?? null)} />
            </Field>
          }
          after={
            <>
              <Field name="leadLogin" label={t('leadLogin')} hint={t('leadLoginHint')} required>
                <Input maxLength={40} autoCapitalize="none" autoComplete="off" />
              </Field>
              <Field name="foundedOn" label={t('foundedOn')} required>
                <DayField clearable={false} />
              </Field>
            </>
          }
          onSend={({ name, level, mode, leaderType, leadLogin, stage, foundedOn }) => {
            if (!owner) return;
            void found.run({ name, level, mode, leaderType, foundedOn, owner: owner.no, leadLogin: leadLogin.trim(), stage: stage?.trim() || null }).then((outcome) => {
              if (!outcome.done) return;
              tell(t('foundTell', { name }));
              const id = outcome.payload.studio?.id;
              void navigate(keep(id ? `/studios/${id}` : '/studios'), { replace: true });
            });
          }}
        />
      </div>
    </Page>
  );
}

import { Button, Modal } from 'antd';
import { useState } from 'react';
import { Go } from '@/shared/address/keep.tsx';
import { useText } from '@/shared/i18n';
import { Section } from '@/shared/ui/Page.tsx';
import { AssignForm } from './AssignForm.tsx';
import { classTexts } from './texts.ts';
import { bySchool, vacantDays, type HomeroomClass } from './vacancy.ts';

/** How many schools stand above the list; the list has them all. */
const schoolsShown = 6;

interface Props {
  readonly classes: readonly HomeroomClass[];
  readonly total: number;
  readonly day: string;
  readonly mayAssign: boolean;
  /** Shows all of them as a list. */
  readonly onAll: () => void;
}

/** The classes that have nobody in charge, by school, each with the step that fills it. */
export function Vacancies({ classes, total, day, mayAssign, onAll }: Props) {
  const t = useText(classTexts);
  const [assigning, setAssigning] = useState<HomeroomClass | null>(null);
  return (
    <Section title={t('vacancies')} extra={
        <button type="button" className="link-button" onClick={onAll}>
          {t('vacanciesAll', { n: total })}
        </button>
      }>
      <div className="vacancies">
        {bySchool(classes, day).slice(0, schoolsShown).map(({ school, classes: vacant }) => (
          <section key={school.id} className="card" aria-label={school.name}>
            <h3>
              <Go to={`/schools/${school.id}`}>{school.name}</Go>
              <span className="muted small num">{t('classesShort', { n: vacant.length })}</span>
            </h3>
            <ul>
              {vacant.map((one) => (
                <li key={one.id}>
                  <Go to={`/classes/${one.id}`}>{one.name}</Go>
                  <span className="late small grow">{t('vacantSince', { days: vacantDays(one, day) })}</span>
                  {mayAssign ? (
                    <Button size="small" aria-label={`${t('assign')} ${one.name}`} onClick={() => setAssigning(one)}>
                      {t('assign')}
                    </Button>
                  ) : null}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Modal title={assigning ? t('assignTitle', { name: assigning.name }) : ''} open={assigning !== null} onCancel={() => setAssigning(null)} footer={null} destroyOnHidden>
        {assigning ? <AssignForm homeroom={assigning} onClose={() => setAssigning(null)} /> : null}
      </Modal>
    </Section>
  );
}

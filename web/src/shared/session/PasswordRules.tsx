import { messages, useText } from '@/shared/i18n';
import { passwordRules, shortest } from './password.ts';
import './password.css';

const texts = messages({
  rules: ['新密码应满足', 'The new password must be'],
  length: ['至少 {min} 个字符（单位可能要求更多）', 'at least {min} characters (your bureau may want more)'],
  classes: ['含大写字母、小写字母、数字、符号中的三类', 'of three of: capital letters, small letters, digits, signs'],
  other: ['与当前密码不同，且不是最近 5 次用过的', 'other than the present one and your last 5'],
  repeat: ['两次输入一致', 'the same both times'],
  kept: ['已满足', 'kept'],
  lacking: ['未满足', 'not yet'],
});

/** The rules of a new password, each marked as soon as what is typed keeps it. */
export function PasswordRules({ present, next, repeat }: { present: string; next: string; repeat: string }) {
  const t = useText(texts);
  const kept = passwordRules(next);
  const rules = [
    [t('length', { min: shortest }), kept.length],
    [t('classes'), kept.classes],
    [t('other'), next !== '' && next !== present],
    [t('repeat'), next !== '' && next === repeat],
  ] as const;
  return (
    <div className="password-rules">
      <span>{t('rules')}</span>
      <ul>
        {rules.map(([text, done]) => (
          <li key={text} className={done ? 'done' : undefined}>
            <span aria-hidden="true">{done ? '✓' : '○'}</span> {text} <span className="visually-hidden">{done ? t('kept') : t('lacking')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

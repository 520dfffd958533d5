import { Button, Form, type FormInstance } from 'antd';
import { useEffect, type ReactNode } from 'react';
import type { UserError } from '@/shared/gql/hooks.ts';
import { usePick, useText } from '@/shared/i18n';
import { texts } from './texts.ts';

interface CommandFormProps<Values extends object> {
  readonly initial?: Partial<Values>;
  /** What the mutation refused: shown beside the field of its name, or above the button. */
  readonly errors: readonly UserError[];
  readonly busy: boolean;
  /** The word on the one primary button. */
  readonly action: string;
  readonly onSend: (values: Values) => void;
  /** Told of what stands in the fields after each change by hand. */
  readonly onChange?: (values: Values) => void;
  readonly onCancel?: () => void;
  readonly children: ReactNode;
  readonly form?: FormInstance<Values>;
}

/**
 * A form for one mutation. Fields are named as the input's fields, so that what the server refuses stands beside the
 * field it is about; what belongs to no field stands above the button.
 */
export function CommandForm<Values extends object>({ initial, errors, busy, action, onSend, onChange, onCancel, children, form }: CommandFormProps<Values>) {
  const [own] = Form.useForm<Values>(form);
  const pick = usePick();
  const t = useText(texts);
  const text = (error: UserError) => pick([error.messageZh, error.messageEn]);

  useEffect(() => {
    const fields = [...groupByField(errors)].map(([name, found]) => ({ name: name.split('.'), errors: found.map((error) => pick([error.messageZh, error.messageEn])) }));
    if (fields.length === 0) return;
    own.setFields(fields as unknown as Parameters<typeof own.setFields>[0]);
    const first = fields[0];
    if (first) own.getFieldInstance(first.name as never)?.focus?.();
  }, [errors, own, pick]);

  const known = (error: UserError) => Boolean(error.field && own.getFieldInstance(error.field.split('.') as never));
  const rest = errors.filter((error) => !error.field || !known(error));
  return (
    <Form<Values>
      form={own}
      layout="vertical"
      requiredMark={false}
      {...(initial ? { initialValues: initial } : {})}
      onFinish={onSend}
      validateTrigger="onSubmit"
      // What was said about a field is no longer about what stands in it now.
      onValuesChange={(changed, all) => {
        own.setFields(Object.keys(changed as object).map((name) => ({ name, errors: [] })) as unknown as Parameters<typeof own.setFields>[0]);
        onChange?.(all);
      }}
      scrollToFirstError={{ focus: true }}
    >
      {children}
      {rest.length > 0 ? (
        <div className="note" role="alert">
          {rest.map((error) => (
            <p key={`${error.code}${error.field ?? ''}`}>{text(error)}</p>
          ))}
        </div>
      ) : null}
      <div className="row form-actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {action}
        </Button>
        {onCancel ? <Button onClick={onCancel}>{t('cancel')}</Button> : null}
      </div>
    </Form>
  );
}

function groupByField(errors: readonly UserError[]): Map<string, UserError[]> {
  const found = new Map<string, UserError[]>();
  for (const error of errors) {
    if (error.field) found.set(error.field, [...(found.get(error.field) ?? []), error]);
  }
  return found;
}

interface FieldProps {
  readonly name: string;
  readonly label: ReactNode;
  readonly hint?: string;
  readonly required?: boolean;
  readonly children: ReactNode;
}

/** One field of a form, with its label, its hint and what is wrong with it. */
export function Field({ name, label, hint, required = false, children }: FieldProps) {
  const t = useText(texts);
  const optional = required ? null : <span className="muted small"> {t('optional')}</span>;
  return (
    <Form.Item
      name={name}
      label={
        <>
          {label}
          {optional}
        </>
      }
      {...(hint ? { extra: hint } : {})}
      rules={required ? [{ required: true, message: t('required') }] : []}
    >
      {children}
    </Form.Item>
  );
}

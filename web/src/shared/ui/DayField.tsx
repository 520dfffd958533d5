import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useLanguage } from '@/shared/i18n';

interface DayFieldProps {
  /** `2026-09-01`. */
  readonly value?: string | null | undefined;
  readonly onChange?: (day: string | null) => void;
  readonly label?: string;
  readonly placeholder?: string;
  readonly clearable?: boolean;
  readonly id?: string;
  readonly disabled?: boolean;
  readonly 'aria-describedby'?: string;
}

/** A day, typed or picked: `2026年9月1日`; also understands 2026-9-1 and 20260901. Its value is `2026-09-01`. */
export function DayField({ value, onChange, label, clearable = true, ...rest }: DayFieldProps) {
  const [language] = useLanguage();
  const formats = language === 'zh' ? ['YYYY年M月D日', 'YYYY-M-D', 'YYYY/M/D', 'YYYYMMDD'] : ['D MMM YYYY', 'YYYY-M-D', 'YYYY/M/D', 'YYYYMMDD'];
  return (
    <DatePicker
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : null)}
      format={formats}
      allowClear={clearable}
      aria-label={label}
      className="day-field"
      {...rest}
    />
  );
}

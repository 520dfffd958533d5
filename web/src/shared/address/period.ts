import { semesterOf, today } from '@/shared/i18n/dates.ts';
import { useWord } from './list.ts';

/** The period that figures are about: of the address, else this semester. */
export function usePeriod(): [string, (period: string) => void] {
  const [word, set] = useWord('period');
  return [isPeriod(word) ? word : semesterOf(today()), set];
}

/** Whether the text is a period: `2025-2026.1`, `2025-2026` or `2025`. */
export function isPeriod(text: string): boolean {
  const found = /^(\d{4})(?:-(\d{4})(?:\.[12])?)?$/.exec(text);
  return found !== null && (found[2] === undefined || Number(found[2]) === Number(found[1]) + 1);
}

/** A period's name as in the vocabulary: `2025–2026 学年第一学期`. */
export function periodText(period: string, language: 'zh' | 'en'): string {
  const zh = language === 'zh';
  const [years = '', semester] = period.split('.');
  const [from, to] = years.split('-');
  if (!to) return zh ? `${from} 年` : `Year ${from}`;
  if (!semester) return zh ? `${from}–${to} 学年` : `School year ${from}–${to}`;
  if (zh) return `${from}–${to} 学年第${semester === '1' ? '一' : '二'}学期`;
  return `Semester ${semester}, ${from}–${to}`;
}

/** The periods of a school year and its neighbours to choose from, newest first. */
export function periodsAround(day: string): string[] {
  const year = Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) >= 9 ? 0 : 1);
  const years = [year, year - 1, year - 2];
  const semesters = years.flatMap((one) => [`${one}-${one + 1}.2`, `${one}-${one + 1}.1`]);
  const now = semesterOf(day);
  return [
    ...semesters.filter((one) => one <= now),
    ...years.map((one) => `${one}-${one + 1}`),
    ...[Number(day.slice(0, 4)), Number(day.slice(0, 4)) - 1].map(String),
  ];
}

/** The school year in which a period lies, by the year in which it begins. */
export function schoolYearOfPeriod(period: string): number {
  return Number(period.slice(0, 4));
}

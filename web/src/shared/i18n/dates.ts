import { useMemo } from 'react';
import { useLanguage, type Language } from './index.tsx';

const zone = 'Asia/Shanghai';
const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hour12: false });
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function split(moment: Date): { day: string; time: string } {
  const found = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]));
  const hour = found['hour'] === '24' ? '00' : found['hour'];
  return { day: `${found['year']}-${found['month']}-${found['day']}`, time: `${hour}:${found['minute']}` };
}

/** The day in Shanghai, as `2026-09-01`. */
export function today(now: Date = new Date()): string {
  return split(now).day;
}

/** The day of a moment in Shanghai. */
export function dayOf(moment: string): string {
  return split(new Date(moment)).day;
}

/** The time of a moment in Shanghai, as `14:32`. */
export function timeOf(moment: string): string {
  return split(new Date(moment)).time;
}

/** The moment of a day and a time in Shanghai. */
export function momentOf(day: string, time: string): string {
  return `${day}T${time}:00+08:00`;
}

/** The day so many days later, as `2026-09-01`. */
export function daysAfter(day: string, days: number): string {
  const moment = new Date(`${day}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10);
}

/** Days from one day to another; negative where the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** `2026年9月1日`, in English `1 Sep 2026`. */
export function dayText(day: string, language: Language): string {
  const [year, month, date] = day.slice(0, 10).split('-').map(Number);
  if (!year || !month || !date) return day;
  return language === 'zh' ? `${year}年${month}月${date}日` : `${date} ${months[month - 1] ?? ''} ${year}`;
}

/** A day without its year where it is this year's: `9月1日`. */
export function shortDayText(day: string, language: Language, now: string = today()): string {
  const whole = dayText(day, language);
  if (day.slice(0, 4) !== now.slice(0, 4)) return whole;
  return language === 'zh' ? whole.replace(/^\d+年/, '') : whole.replace(/ \d+$/, '');
}

/** `2026年9月1日 14:32`. */
export function momentText(moment: string, language: Language): string {
  const { day, time } = split(new Date(moment));
  return `${dayText(day, language)} ${time}`;
}

/** How long ago, within seven days; the day after that. */
export function agoText(moment: string, language: Language, now: Date = new Date()): string {
  const minutes = Math.floor((now.getTime() - Date.parse(moment)) / 60_000);
  const zh = language === 'zh';
  if (minutes < 0 || minutes >= 7 * 24 * 60) return dayText(split(new Date(moment)).day, language);
  if (minutes < 1) return zh ? '刚刚' : 'just now';
  if (minutes < 60) return zh ? `${minutes} 分钟前` : `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return zh ? `${hours} 小时前` : `${hours} h ago`;
  const days = Math.floor(hours / 24);
  return zh ? `${days} 天前` : days === 1 ? '1 day ago' : `${days} days ago`;
}

/** The weekday: `周一`. */
export function weekdayText(day: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { weekday: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** The school year that a day lies in, named by the year in which it begins. */
export function schoolYearOf(day: string): number {
  const year = Number(day.slice(0, 4));
  return Number(day.slice(5, 7)) >= 9 ? year : year - 1;
}

/** The semester of a day as a period: `2025-2026.2`; in August the one that has just ended. */
export function semesterOf(day: string): string {
  const year = schoolYearOf(day);
  const month = Number(day.slice(5, 7));
  return `${year}-${year + 1}.${month >= 2 && month <= 8 ? 2 : 1}`;
}

/** Dates in the present language. */
export function useDates() {
  const [language] = useLanguage();
  return useMemo(
    () => ({
      day: (day: string) => dayText(day, language),
      shortDay: (day: string) => shortDayText(day, language),
      moment: (moment: string) => momentText(moment, language),
      ago: (moment: string) => agoText(moment, language),
      weekday: (day: string) => weekdayText(day, language),
    }),
    [language],
  );
}

/** A time as people type it, as `14:30`: 14:30, 14：30, 14.30, 1430, 930, 14; null where it is none. */
export function typedTime(text: string): string | null {
  const [, hour = '', minute = '0'] = /^(\d{1,2})(?:[:：.点]?(\d{2}))?$/.exec(text.trim()) ?? [];
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return null;
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

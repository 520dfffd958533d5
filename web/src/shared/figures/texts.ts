import { messages } from '@/shared/i18n';

export const figureTexts = messages({
  met: ['达标', 'on target'],
  near: ['接近', 'near'],
  far: ['较远', 'far off'],
  notApplicable: ['不适用', 'not applicable'],
  insufficient: ['证据不足', 'not enough evidence'],
  insufficientN: ['证据不足：缺 {n} 项记录', 'not enough evidence: {n, plural, one {# kind} other {# kinds}} of records missing'],
  unused: ['证据不足：这项指标还没有可计算的记录', 'not enough evidence: no records to compute this indicator from yet'],
  insufficientLegend: ['证据不足（缺几项）', 'evidence missing (how many)'],
  suppressedLong: ['人数不足，已抑制', 'suppressed: too few'],
  percent: ['%', '%'],
  count: ['', ''],
  days: ['天', ' days'],
  classDays: ['班·天', ' class-days'],
  ofN: ['{n} / {of}', '{n} of {of}'],
  target: ['目标 {value}', 'target {value}'],
});

export const checkTexts = messages({
  caption: ['对标自查：32 项指标', 'Self-check: 32 indicators'],
  indicator: ['指标', 'Indicator'],
  figure: ['数字', 'Figure'],
  counted: ['计数', 'Counted'],
  target: ['目标', 'Target'],
  notYet: ['尚无可计算的记录', 'no records to compute it from yet'],
  standing: [
    '{met} 项达标 · {near} 项接近 · {far} 项较远 · {insufficient} 项缺证据{na, plural, =0 {} other { · # 项不适用}}',
    '{met} on target · {near} near · {far} far off · {insufficient} without evidence{na, plural, =0 {} other { · # not applicable}}',
  ],
});

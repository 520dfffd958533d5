import { useText } from '@/shared/i18n';
import type { Face } from './face.ts';
import { figureTexts } from './texts.ts';
import './face.css';

/** The class of a face: its tone, and a mark that does not need colour. */
export function faceClass(face: Face): string {
  if (face.kind === 'insufficient' && face.missing === 0) return 'face insufficient unused';
  return face.kind === 'value' ? `face ${face.tone}` : `face ${face.kind}`;
}

/** What stands in the cell. */
export function faceMark(face: Face): string {
  switch (face.kind) {
    case 'value':
      return face.text;
    case 'not_applicable':
      return '–';
    case 'insufficient':
      return face.missing === 0 ? '' : String(face.missing);
    default:
      return '●';
  }
}

/** The face in words: what a screen reader says, and a tooltip shows. */
export function useFaceWords(): (face: Face, unit?: string) => string {
  const t = useText(figureTexts);
  return (face, unit = '') => {
    switch (face.kind) {
      case 'value':
        return face.tone === 'plain' ? `${face.text}${unit}` : `${face.text}${unit} ${t(face.tone)}`;
      case 'not_applicable':
        return t('notApplicable');
      case 'insufficient':
        return face.missing === 0 ? t('unused') : t('insufficientN', { n: face.missing });
      default:
        return t('suppressedLong');
    }
  };
}

/** A figure on its own: a small box with its face. */
export function FigureFace({ face, unit = '' }: { face: Face; unit?: string }) {
  const words = useFaceWords();
  return (
    <span className={`${faceClass(face)} alone`} title={words(face, unit)}>
      <span aria-hidden="true">
        {faceMark(face)}
        {face.kind === 'value' ? unit : ''}
      </span>
      <span className="visually-hidden">{words(face, unit)}</span>
    </span>
  );
}

/** What the faces mean. */
export function FaceLegend() {
  const t = useText(figureTexts);
  const items: [Face, string][] = [
    [{ kind: 'value', tone: 'met', text: '100', value: 100 }, t('met')],
    [{ kind: 'value', tone: 'near', text: '88', value: 88 }, t('near')],
    [{ kind: 'value', tone: 'far', text: '61', value: 61 }, t('far')],
    [{ kind: 'insufficient', missing: 2 }, t('insufficientLegend')],
    [{ kind: 'not_applicable' }, t('notApplicable')],
    [{ kind: 'suppressed' }, t('suppressedLong')],
  ];
  return (
    <ul className="legend">
      {items.map(([face, text]) => (
        <li key={text}>
          <span className={`${faceClass(face)} alone`} aria-hidden="true">
            {faceMark(face)}
          </span>
          {text}
        </li>
      ))}
    </ul>
  );
}

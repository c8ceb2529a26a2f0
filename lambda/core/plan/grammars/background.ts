import type { Background } from '../plan.ts';
import { isColour } from '../plan.ts';
import { colour } from './colour.ts';
import type { Grammar } from './grammar.ts';
import { fault, found, unsupported } from './grammar.ts';
import { readNumber, writeNumber } from './number.ts';

const EXPECTED = `${colour.expected}, or blurred with an intensity (auto or 0 to 100) and a brightness (N255 to 255) behind it, dominant, gradient_dominant_2 or gradient_dominant_4`;

/** What is put behind a picture: a colour, or something made of the picture itself. */
export const background: Grammar<Background> = {
  expected: EXPECTED,
  parse: (text) => {
    if (/^genfill(-|$)/.test(text)) return unsupported('a generative background');
    if (text === 'dominant') return found({ kind: 'dominant' });
    const gradient = /^(?:gradient_dominant|dominant_gradient)(?:_([24]))?$/.exec(text);
    if (gradient) return found({ kind: 'gradient', colours: gradient[1] === '4' ? 4 : 2 });
    if (/^blurred(_|$)/.test(text)) return readBlurred(text);
    const reading = colour.parse(text);
    return reading.kind === 'fault' ? fault(EXPECTED) : reading;
  },
  format: (value) => {
    if (isColour(value)) return colour.format(value);
    if (value.kind === 'dominant') return 'dominant';
    if (value.kind === 'gradient') return `gradient_dominant_${value.colours}`;
    return `blurred_${value.intensity}_${writeNumber(value.brightness)}`;
  },
  samples: [
    ...colour.samples,
    'dominant',
    'gradient_dominant',
    'gradient_dominant_4',
    'dominant_gradient_2',
    'blurred',
    'blurred_10',
    'blurred_auto_N20',
    'blurred_100_255',
  ],
};

function readBlurred(text: string) {
  const [, intensityText = 'auto', brightnessText = '0', ...more] = text.split('_');
  const intensity = intensityText === 'auto' ? 'auto' : readNumber(intensityText);
  const brightness = readNumber(brightnessText);
  const isIntensity = intensity === 'auto' || (intensity !== undefined && intensity >= 0 && intensity <= 100);
  if (more.length > 0 || !isIntensity || brightness === undefined || Math.abs(brightness) > 255) return fault(EXPECTED);
  return found<Background>({
    kind: 'blurred',
    intensity: intensity === 'auto' ? intensity : Math.round(intensity * 100) / 100,
    brightness: Math.round(brightness) + 0,
  });
}

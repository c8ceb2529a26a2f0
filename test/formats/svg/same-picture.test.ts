import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { sanitiseSvg } from '../../../lambda/formats/svg/drawing.ts';

/* The renderer's engine is not imported here: it would forbid to draw what was not made safe. */
const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFElEQVR4nGP4z8DA8J+BgQFK/mcAADP1Bft4YxXcAAAAAElFTkSuQmCC';

const svg = (content: string, attributes = 'width="240" height="160" viewBox="0 0 120 80"') =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<!-- Made by an editor -->\n<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" ${attributes}>${content}</svg>`;

const ART = {
  'the picture of our architecture': readFileSync(new URL('../../../docs/architecture.svg', import.meta.url), 'utf8'),
  'gradients, one made of another': svg(
    '<defs><linearGradient id="a"><stop offset="0" stop-color="#f80"/><stop offset="1" style="stop-color:#08f;stop-opacity:.5"/></linearGradient>' +
      '<radialGradient id="b" xlink:href="#a" cx="40%" cy="30%" fx=".2" gradientTransform="rotate(20)" spreadMethod="reflect"/></defs>' +
      '<rect width="60" height="80" fill="url(#a)"/><circle cx="90" cy="40" r="30" fill="url( \'#b\' ) red"/>',
  ),
  'filters, light among them': svg(
    '<filter id="f" x="-20%" width="140%"><feTurbulence baseFrequency=".05" numOctaves="2" seed="3" result="n"/><feDisplacementMap in="SourceGraphic" in2="n" scale="9" xChannelSelector="R"/></filter>' +
      '<filter id="s"><feDropShadow dx="2" dy="3" stdDeviation="2" flood-color="#333"/></filter>' +
      '<filter id="l"><feSpecularLighting surfaceScale="3" specularExponent="9" lighting-color="#ff0"><fePointLight x="50" y="20" z="40"/></feSpecularLighting><feComposite in2="SourceAlpha" operator="in"/></filter>' +
      '<g fill="teal"><rect x="5" y="5" width="30" height="30" filter="url(#f)"/><rect x="45" y="5" width="30" height="30" filter="url(#s)"/><rect x="85" y="5" width="30" height="30" style="filter:url(#l)"/></g>',
  ),
  'text, on a path too': svg(
    '<style><![CDATA[ .t > tspan { font-weight: bold } text { font: 12px "DejaVu Sans", sans-serif; letter-spacing: 1px } ]]></style>' +
      '<path id="p" d="M5 60Q60 20 115 60" fill="none"/><text class="t" x="5" y="15" xml:space="preserve">a  b &amp; <tspan dy="3" fill="red">c</tspan></text>' +
      '<text><textPath xlink:href="#p" startOffset="10%">along a path</textPath></text>',
  ),
  'clips, masks, patterns and markers': svg(
    '<defs><clipPath id="c" clipPathUnits="objectBoundingBox"><circle cx=".5" cy=".5" r=".5"/></clipPath><mask id="m"><rect width="60" height="80" fill="#fff" opacity=".4"/></mask>' +
      '<pattern id="p" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(30)"><path d="M0 0h4v4h-4z"/></pattern><marker id="k" markerWidth="5" markerHeight="5" refX="2" refY="2" orient="auto"><circle cx="2" cy="2" r="2"/></marker></defs>' +
      '<rect width="50" height="50" fill="url(#p)" clip-path="url(#c)"/><rect x="40" width="60" height="60" fill="purple" mask="url(#m)"/><polyline points="10,70 60,60 110,75" fill="none" stroke="#000" marker-mid="url(#k)" marker-end="url(#k)"/>',
  ),
  'classes, symbols and pictures': svg(
    `<style>@media screen{.a{fill:#06c}} .b,#d use:nth-of-type(2){opacity:.5;stroke:gold;stroke-width:3px}</style><symbol id="s" viewBox="0 0 10 10"><rect class="a" width="10" height="10" rx="2"/></symbol>` +
      `<g id="d" inkscape:label="Layer 1"><use href="#s" width="30" height="30"/><use xlink:href="#s" x="40" width="30" height="30" class="b" transform="rotate(10 55,15)"/></g>` +
      `<image x="80" width="30" height="30" xlink:href="${PNG}" image-rendering="optimizeSpeed"/><svg x="5" y="45" width="60" height="30" viewBox="0 0 2 1" preserveAspectRatio="none"><path d="M0 0L2 1V0z" fill="#c0f"/></svg>`,
  ),
  'an animation, as it begins': svg(
    '<circle cx="30" cy="40" r="20" fill="orange"><animate attributeName="r" values="20;30" dur="2s" repeatCount="indefinite"/><animateTransform attributeName="transform" type="rotate" from="0" to="9" dur="1s"/></circle>',
  ),
} as const;

test.each(Object.entries(ART))('a safe copy looks the same: %s', async (_, text) => {
  const draw = (file: Uint8Array) => sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const before = await draw(Buffer.from(text));
  const after = await draw(Buffer.from(sanitiseSvg(Buffer.from(text))));

  expect(after.info).toEqual(before.info);
  expect(after.data.some((value) => value > 0)).toBe(true);
  expect(after.data.equals(before.data)).toBe(true);
});

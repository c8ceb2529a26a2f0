import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sanitiseSvg } from '../../../lambda/formats/svg/drawing.ts';

const ILLUSTRATOR = new URL('../../fixtures/svg/illustrator-entities.svg', import.meta.url);
const NAMESPACES: Readonly<Record<string, string>> = {
  svg: 'http://www.w3.org/2000/svg',
  xlink: 'http://www.w3.org/1999/xlink',
};

const sanitised = (text: string) => Buffer.from(sanitiseSvg(Buffer.from(text))).toString();

/** The content of a root element without anything else, sanitised. */
const inside = (content: string) =>
  sanitised(`<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">${content}</svg>`)
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>\n$/, '');

describe('a safe SVG', () => {
  it.each([
    ['a script', '<script>alert(1)</script><script href="x.js"/>'],
    ['a script of another prefix', '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>'],
    ['a script of HTML', '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>'],
    ['foreign content', '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/></foreignObject>'],
    ['embedded things', '<iframe/><embed/><object/><audio/><video/><canvas/><form/><base/><link/><meta/>'],
    ['a handler', '<handler type="text/javascript">alert(1)</handler><listener event="click"/>'],
    ['an inclusion', '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'],
    ['a script within what is dropped', '<metadata><script>1</script></metadata>'],
    [
      'what an editor left',
      '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"/>',
    ],
    ['an animation of a link', '<set attributeName="href" to="javascript:alert(1)"/>'],
    ['an animation of a link with a prefix', '<animate attributeName="xlink:href" values="javascript:alert(1)"/>'],
    ['an animation of a handler', '<set attributeName="onclick" to="alert(1)"/>'],
    ['an animation of nothing', '<set to="javascript:alert(1)"/>'],
    ['an animation of a style', '<animate attributeName="style" values="a"/>'],
    ['comments and instructions', '<!-- a --><?xml-stylesheet href="x.css"?>'],
  ])('has no %s', (_, content) => {
    expect(inside(content)).toBe('');
  });

  it.each([
    'onload',
    'onbegin',
    'onfocusin',
    'onclick',
    'ONLOAD',
    'onwhatever',
    'formaction',
    'src',
    'srcdoc',
    'ping',
    'download',
    'target',
    'xml:base',
    'xlink:actuate',
    'xlink:show',
    'ev:event',
    'handler',
  ])('has no attribute %s', (name) => {
    const declared = name.startsWith('ev:') ? ' xmlns:ev="http://www.w3.org/2001/xml-events"' : '';
    expect(inside(`<rect${declared} ${name}="alert(1)" width="3"/>`)).toBe('<rect width="3"></rect>');
  });

  it.each([
    ['use', 'http://e.example/a.svg#b'],
    ['use', 'a.svg#b'],
    ['use', 'data:image/svg+xml;base64,PHN2Zy8+#a'],
    ['image', 'http://e.example/a.png'],
    ['image', '//e.example/a.png'],
    ['image', 'file:///etc/passwd'],
    ['image', '/a.png'],
    ['image', 'data:image/svg+xml;base64,PHN2Zy8+'],
    ['image', 'data:text/html;base64,PHN2Zy8+'],
    ['image', 'data:image/png,abc'],
    ['feImage', 'http://e.example/a.png'],
    ['linearGradient', 'http://e.example/a.svg#b'],
    ['textPath', 'http://e.example/a.svg#b'],
    ['a', 'javascript:alert(1)'],
    ['a', 'JaVaScRiPt:alert(1)'],
    ['a', 'java&#10;script:alert(1)'],
    ['a', '&#1;javascript:alert(1)'.replace('&#1;', '&#9;')],
    ['a', 'data:text/html,x'],
    ['a', 'vbscript:x'],
    ['a', 'https://e.example/&#160;javascript:'],
    ['rect', '#a'],
  ])('has no reference from %s to %s', (element, target) => {
    for (const name of ['href', 'xlink:href']) {
      expect(inside(`<${element} ${name}="${target}"/>`)).toBe(`<${element}></${element}>`);
    }
  });

  it.each([
    ['use', '#a'],
    ['image', 'data:image/png;base64,iVBORw0KGgo='],
    ['image', 'data:image/jpeg;base64,/9j/4AAQ\nSkZJ'],
    ['textPath', '#a'],
    ['a', 'https://e.example/a?b=1'],
    ['a', 'mailto:a@e.example'],
    ['mpath', '#p'],
  ])('keeps a reference from %s to %s', (element, target) => {
    const written = target.replace('\n', ' ');
    expect(inside(`<${element} href="${target}"/>`)).toBe(`<${element} href="${written}"></${element}>`);
  });

  it.each([
    ['fill', 'url(http://e.example/a.svg#b)', ' none '],
    ['filter', 'url( "https://e.example/#a" )', ' none '],
    ['fill', 'ur\\6c (http://e.example/)', ' none '],
    ['mask', 'url(#m)', 'url(#m)'],
    ['fill', 'url("#m") red', 'url("#m") red'],
    ['style', 'fill:red;background:url(//e.example)', 'fill:red;background: none '],
    ['style', 'behavior:url(#a);fill:red', ' none :url(#a);fill:red'],
    ['transform', 'rotate(45 3,4)', 'rotate(45 3,4)'],
    ['stroke', 'rgb(1 2 3 / 50%)', 'rgb(1 2 3 / 50%)'],
  ])('has %s="%s" as %s', (name, value, expected) => {
    const quote = value.includes('"') ? "'" : '"';
    expect(inside(`<g ${name}=${quote}${value}${quote}/>`)).toBe(
      `<g ${name}="${expected.replaceAll('"', '&quot;')}"></g>`,
    );
  });

  it('has its style sheets read, in one piece, with entities and CDATA', () => {
    expect(inside('<style>@imp<![CDATA[ort "http://e.example/a.css"; a > b{}]]> .c{fill:&#117;rl(x)}</style>')).toBe(
      '<style>  a &gt; b{} .c{fill: none }</style>',
    );
  });

  it('has nothing but text in what is for people', () => {
    expect(inside('<title>a<a href="https://e.example">b</a></title>')).toBe('<title>a</title>');
    expect(inside('<desc>&lt;script&gt;</desc>')).toBe('<desc>&lt;script&gt;</desc>');
  });

  it('keeps what artists make', () => {
    const art =
      '<defs><linearGradient id="g" x1="0" gradientUnits="userSpaceOnUse"><stop offset="0.5" stop-color="red"></stop></linearGradient>' +
      '<filter id="f"><feGaussianBlur stdDeviation="2"></feGaussianBlur></filter><clipPath id="c"><circle r="4"></circle></clipPath></defs>' +
      '<style>.a{fill:url(#g)} @media (min-width: 3px){.b{stroke:blue}}</style>' +
      '<g class="a b" clip-path="url(#c)" filter="url(#f)" data-name="x" aria-label="y"><path d="M0 0h4v-3z"></path>' +
      '<text x="1" xml:space="preserve"> a <tspan dy="2">b</tspan></text></g>' +
      '<circle r="3"><animate attributeName="r" values="1;2" dur="2s"></animate></circle>';

    expect(inside(art)).toBe(art);
  });

  it('is written with one prefix, whatever it came with', () => {
    const text =
      '<s:svg xmlns:s="http://www.w3.org/2000/svg" xmlns:q="http://www.w3.org/1999/xlink"><s:use q:href="#x"/></s:svg>';

    expect(sanitised(text)).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><use xlink:href="#x"></use></svg>\n',
    );
  });

  it('is the same when it is made safe again', () => {
    const once = sanitised(
      '<svg onload="x" viewBox="0 0 1 1"><style>@import "x";a{b:url(x)}</style><g fill="url(x)"/></svg>',
    );

    expect(sanitised(once)).toBe(once);
  });

  it('is read in the encodings of old files', () => {
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><svg><title>\xe9</title></svg>', 'latin1');

    expect(Buffer.from(sanitiseSvg(latin)).toString()).toContain('<title>é</title>');
    expect(sanitised('\uFEFF<svg><title>é</title></svg>')).toContain('<title>é</title>');
  });

  it.each([
    ['entities within entities', '<!DOCTYPE svg [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><svg>&c;</svg>'],
    ['an entity of itself', '<!DOCTYPE svg [<!ENTITY a "&a;">]><svg>&a;</svg>'],
    ['an entity hidden in a number', '<!DOCTYPE svg [<!ENTITY a "&#38;a;">]><svg>&a;</svg>'],
    ['markup in an entity', '<!DOCTYPE svg [<!ENTITY a "<script/>">]><svg>&a;</svg>'],
    ['another ampersand', '<!DOCTYPE svg [<!ENTITY amp "x">]><svg>&amp;</svg>'],
    ['an external entity', '<!DOCTYPE svg [<!ENTITY a PUBLIC "x" "http://e.example/">]><svg/>'],
    ['an unparsed entity', '<!DOCTYPE svg [<!ENTITY a SYSTEM "x" NDATA y>]><svg/>'],
    ['attributes by default', '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x">]><svg/>'],
    ['a conditional section', '<!DOCTYPE svg [<![INCLUDE[<!ENTITY a "b">]]>]><svg/>'],
    ['an element declared', '<!DOCTYPE svg [<!ELEMENT svg ANY>]><svg/>'],
    ['an instruction in the DOCTYPE', '<!DOCTYPE svg [<?xml-stylesheet href="x"?>]><svg/>'],
    ['an entity of a later DOCTYPE', '<svg>&a;</svg><!DOCTYPE svg [<!ENTITY a "b">]>'],
    ['parameter entities', '<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://e.example/">%a;]><svg/>'],
    ['a file as an entity', '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>'],
    ['an entity that nobody declared', '<svg>&nbsp;</svg>'],
    ['damage', '<svg><g></svg>'],
    ['no end', '<svg><g>'],
    ['two roots', '<svg/><svg/>'],
    ['another root', '<html><svg/></html>'],
    ['a foreign root', '<svg xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['an encoding that hides', '<?xml version="1.0" encoding="UTF-7"?><svg/>'],
    ['nothing', ''],
  ])('is not made of a file with %s', (_, text) => {
    expect(() => sanitised(text)).toThrow(expect.objectContaining({ code: 'source.unreadable', status: 400 }));
  });

  it('is not made of bytes in another encoding than they say', () => {
    expect(() => sanitiseSvg(Buffer.from('<svg><title>\xe9</title></svg>', 'latin1'))).toThrow(/UTF-8/);
    expect(() => sanitiseSvg(Buffer.from('\uFEFF<svg/>', 'utf16le'))).toThrow();
  });

  it('has a doctype left out that names the DTD of SVG', () => {
    expect(
      sanitised(
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg/>',
      ),
    ).toBe('<svg xmlns="http://www.w3.org/2000/svg"></svg>\n');
  });

  it('has the entities expanded that its file declares', () => {
    const text = readFileSync(ILLUSTRATOR, 'utf8');
    const plain = text.replace(/<!DOCTYPE.*?\]>/s, '').replaceAll(/&ns_(\w+);/g, (_, name) => NAMESPACES[name] ?? '');

    expect(plain).not.toContain('&');
    expect(sanitised(text)).toBe(sanitised(plain));
    expect(
      sanitised('<!DOCTYPE svg [<!-- " --><!ENTITY a "x>y">\n<!ENTITY a "z">]><svg><desc>&a;</desc></svg>'),
    ).toContain('<desc>x&gt;y</desc>');
  });

  it('has what an entity stands for judged like everything else', () => {
    const written = sanitised(
      '<!DOCTYPE svg [<!ENTITY u "url(http://e.example/)"><!ENTITY j "javascript:alert(1)"><!ENTITY x "http://www.w3.org/1999/xhtml">]>' +
        '<svg><g fill="&u;"/><style>a{fill:&u;}</style><a href="&j;"/><b xmlns="&x;"/></svg>',
    );

    expect(written).not.toMatch(/e\.example|alert|xhtml|<b/);
  });

  it('has only so much of entities', () => {
    const many = Array.from({ length: 51 }, (_, index) => `<!ENTITY a${index} "b">`).join('');
    const large = `<!ENTITY a "${'b'.repeat(1000)}">`;
    const limit = expect.objectContaining({ code: 'source.limit' });

    expect(() => sanitised(`<!DOCTYPE svg [${many}]><svg/>`)).toThrow(limit);
    expect(() => sanitised(`<!DOCTYPE svg [${large}]><svg><desc>${'&a;'.repeat(101)}</desc></svg>`)).toThrow(limit);
    expect(sanitised(`<!DOCTYPE svg [${large}]><svg><desc>${'&a;'.repeat(100)}</desc></svg>`)).toHaveLength(100_060);
  });

  it.each([
    ['levels', '<g>'.repeat(300)],
    ['bytes', ' '.repeat(1_000_001)],
  ])('has not too many %s', (_, content) => {
    expect(() => inside(content)).toThrow(expect.objectContaining({ code: 'source.limit' }));
  });

  it.each(['<g/>', '<g a="1"/>', '&#65;', '<style>url(x)</style>', '<style>a{</style>', ' fill="url(x)"'])(
    'is read in time that grows with its length alone: %s',
    (piece) => {
      const many = piece.repeat(Math.floor(900_000 / piece.length));
      const started = process.cpuUsage();
      try {
        inside(piece.startsWith(' ') ? `<g${many}/>` : many);
      } catch {
        // Refused is as good as read.
      }
      const { user, system } = process.cpuUsage(started);
      expect((user + system) / 1e6).toBeLessThan(3);
    },
  );
});

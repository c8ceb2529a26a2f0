import { createHash } from 'node:crypto';
import { PROBLEMS, type ProblemCode } from '../../core/kernel/problems.ts';
import type { AnyOperation } from '../operation.ts';
import type { DescribedMember, DescribedOperation } from './described.ts';
import { describeOperation } from './described.ts';
import { PROBLEM_MEANINGS } from './problem-meanings.ts';

/** Follows the reader's light or dark, and fits 320 pixels: long calls scroll on their own. */
const STYLE = `:root{color-scheme:light dark;--line:light-dark(#d5d9e0,#3a4150);--soft:light-dark(#f4f6f9,#1b2029);--link:light-dark(#0b57d0,#8ab4f8)}
body{margin:0 auto;max-width:62rem;padding:1.5rem 1rem;font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
a{color:var(--link)}h1{margin:.2em 0}h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}h3{margin-top:2rem}
code,pre{font:.875rem/1.5 ui-monospace,monospace}pre{background:var(--soft);padding:.75rem;overflow-x:auto;border-radius:.4rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;padding:0}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{overflow-wrap:break-word;text-align:start;vertical-align:top;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line)}
td:last-child{min-width:9rem}details{margin:1rem 0}summary{cursor:pointer}dt{margin-top:.75rem}dd{margin:0}
:target{background:light-dark(#fff3c4,#4a3f12)}`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Nothing runs, nothing is loaded from anywhere, and nobody puts the page into a frame. */
export const PAGE_HEADERS = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'cache-control': 'public, max-age=300',
};

/** The API as one static page. Every error code has an anchor of its own. */
export function documentationPage(operations: readonly AnyOperation[]): string {
  const byResource = Map.groupBy(operations.map(describeOperation), ({ resource }) => resource);
  const links = [...byResource.keys()].map((name) => `<li><a href="#${name}">${name}</a></li>`);
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Vitrine API</title>',
    `<style>${STYLE}</style></head><body>`,
    '<h1>Vitrine API</h1>',
    '<p>Calls are authenticated by HTTP Basic with the private key as user name and an empty password. ',
    'Paths and shapes are those of ImageKit’s API, so its official SDKs work with another base URL. ',
    'Programs read the same from the <a href="/v1/openapi.json">OpenAPI 3.1 document</a>.</p>',
    `<nav aria-label="Sections"><ul>${links.join('')}<li><a href="#errors">errors</a></li></ul></nav><main>`,
    ...[...byResource].map(([name, described]) => section(name, described)),
    errors(),
    '</main></body></html>',
  ].join('\n');
}

function section(name: string, operations: readonly DescribedOperation[]): string {
  return `<h2 id="${name}">${name}</h2>\n${operations.map(article).join('\n')}`;
}

function article(one: DescribedOperation): string {
  return [
    `<section aria-labelledby="${one.id}"><h3 id="${one.id}">${escaped(one.id)}</h3>`,
    `<p>${marked(one.sentence)}</p>`,
    `<pre tabindex="0">${one.calls.map(escaped).join('\n')}</pre>`,
    `<p>Permission: <code>${escaped(one.permission)}</code>. Rate class: ${one.rateClass}. Answer: ${escaped(one.answer)}.</p>`,
    one.members.length > 0 ? table(one.members) : '',
    one.answerMembers
      ? `<details><summary>Members of the answer</summary><pre tabindex="0">${escaped(one.answerMembers)}</pre></details>`
      : '',
    `<pre tabindex="0">${escaped(one.curl)}</pre>`,
    `<p>Errors: ${one.problems.map(problemLink).join(', ')}</p></section>`,
  ].join('\n');
}

function table(members: readonly DescribedMember[]): string {
  const rows = members.map(
    ({ name, place, required, type }) =>
      `<tr><td><code>${escaped(name)}</code></td><td>${place}</td><td>${required ? 'yes' : 'no'}</td><td><code>${escaped(type)}</code></td></tr>`,
  );
  return `<div class="scroll" tabindex="0"><table><thead><tr><th scope="col">member</th><th scope="col">in</th><th scope="col">required</th><th scope="col">type</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function problemLink(problem: string): string {
  const [code = ''] = problem.split(' ');
  return `<a href="#${code}">${escaped(problem)}</a>`;
}

function errors(): string {
  const entries = (Object.keys(PROBLEMS) as ProblemCode[]).map(
    (code) =>
      `<div id="${code}"><dt><code>${code}</code> (${PROBLEMS[code].status})</dt><dd>${escaped(PROBLEM_MEANINGS[code])}</dd></div>`,
  );
  return `<h2 id="errors">errors</h2><p>Every error is JSON with <code>message</code>, <code>help</code> and <code>code</code>.</p><dl>${entries.join('')}</dl>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');

/** Backticks around code, as sentences have them. */
const marked = (text: string): string => escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');

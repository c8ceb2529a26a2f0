import type { ServerResponse } from 'node:http';
import type { StoredMail } from '../ses/mailbox.ts';

/** No script, nothing from elsewhere, in no frame. A form's answer leads to the program, so `form-action` says nothing. */
const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

export function writePage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, HEADERS).end(html);
}

/** What a sign-in begins with: a password, the directories of the pool, or both. */
export interface WaysIn {
  readonly hasPasswords: boolean;
  readonly directories: readonly string[];
}

/** @param remembered the address that the browser was asked to remember */
export const signInPage = ({ hasPasswords, directories }: WaysIn, fault?: string, remembered?: string): string => {
  const ways = directories.map(
    (name) =>
      `<form method="post"><button name="directory" value="${name}">Sign in with ${escaped(name)}</button></form>`,
  );
  const password = hasPasswords
    ? formOf(
        `${field('mail', 'Mail address', 'email', 'username', remembered)}${field('password', 'Password', 'password', 'current-password')}${rememberBox(remembered)}`,
      )
    : '';
  return shell('Sign in', `${faultOf(fault)}${password}${ways.join('')}`);
};

/** Of a machine without a staff: whoever is at the keyboard says who signs in. */
export const directoryPage = (name: string): string =>
  page(
    `Directory ${name} of this machine`,
    undefined,
    `<p>It believes what you say.</p>${field('mail', 'Mail address', 'email', 'username')}<p><label><input type="checkbox" name="is-verified" checked> The address is verified</label></p><p><label>Groups, one a line<br><textarea name="groups" rows="4"></textarea></label></p><p><label><input type="checkbox" name="has-second-factor" checked> A second factor was asked for</label></p><p><label>Id in the directory<br><input name="id"></label></p>`,
  );

export const newPasswordPage = (fault?: string): string =>
  page(
    'Choose a password',
    fault,
    field('new-password', 'New password, at least 12 characters', 'password', 'new-password'),
  );

export const codePage = (fault?: string): string =>
  page(
    'Enter the code',
    fault,
    `<p>It was mailed to you. <a href="/mailbox">The mailbox of this machine</a></p>${field('code', 'Code', 'text', 'one-time-code')}`,
  );

export const mailboxPage = (mails: readonly StoredMail[]): string =>
  shell(
    'Mailbox of this machine',
    mails.length === 0
      ? '<p>No mail was sent yet.</p>'
      : mails
          .map(
            ({ to, subject, text, sentAt }) =>
              `<article><h2>${escaped(subject)}</h2><p>To ${escaped(to.join(', '))}, ${escaped(sentAt)}</p><pre>${linked(escaped(text))}</pre></article>`,
          )
          .join(''),
  );

const field = (name: string, label: string, type: string, autocomplete: string, value?: string): string =>
  `<p><label>${label}<br><input name="${name}" type="${type}" autocomplete="${autocomplete}"${value === undefined ? '' : ` value="${escaped(value)}"`} required></label></p>`;

const rememberBox = (remembered: string | undefined): string =>
  `<p><label><input type="checkbox" name="remember"${remembered === undefined ? '' : ' checked'}> Remember the address in this browser</label></p>`;

const page = (title: string, fault: string | undefined, fields: string): string =>
  shell(title, `${faultOf(fault)}${formOf(fields)}`);

const faultOf = (fault: string | undefined): string => (fault ? `<p role="alert">${escaped(fault)}</p>` : '');

const formOf = (fields: string): string => `<form method="post">${fields}<button>Go on</button></form>`;

const shell = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}pre{white-space:pre-wrap;overflow-wrap:anywhere}</style></head><body><main><h1>${title}</h1>${body}</main></body></html>`;

/** Links of this machine alone. */
const linked = (text: string): string =>
  text.replace(/http:\/\/localhost:\d+\/[^\s<]*/g, (url) => `<a href="${url}">${url}</a>`);

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

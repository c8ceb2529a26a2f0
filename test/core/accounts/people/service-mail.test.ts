import { expect, it } from 'vitest';
import { reportMail } from '../../../../lambda/core/accounts/audit-reports/report-mail.ts';
import * as mails from '../../../../lambda/core/accounts/people/service-mail.ts';

/* GDP-19, GDP-20: every mail that there is. */
const API = 'https://api.example.com';
const AT = '2026-11-29T12:00:00.000Z';
const EVERY = {
  invitationMail: mails.invitationMail(API, 'token', 'Jo'),
  currentCodeMail: mails.currentCodeMail('12345678'),
  newCodeMail: mails.newCodeMail('12345678'),
  takenAddressMail: mails.takenAddressMail(),
  mailChangedMail: mails.mailChangedMail(),
  acceptedInvitationMail: mails.acceptedInvitationMail(API, 'a1'),
  newSignInMail: mails.newSignInMail(API, AT, { browser: 'firefox', system: 'linux' }),
  endingKeysMail: mails.endingKeysMail(API, [{ name: 'Import', start: 'private_abcd', endsAt: AT }]),
  brokenGlassMail: mails.brokenGlassMail('open', 'nobody can sign in', AT),
} satisfies Record<keyof typeof mails, mails.ServiceMail>;

const REPORT = reportMail({
  report: { name: 'All', frequency: 'daily' },
  period: { from: '2026-11-28T00:00:00.000Z', to: '2026-11-29T00:00:00.000Z' },
  counts: {
    ...{ events: 33, unsealed: 2, isComplete: false },
    actions: new Map([
      ['file.moved', 3],
      ['file.uploaded', 30],
    ]),
    callers: new Map(Array.from({ length: 25 }, (_, number) => [`person p${number}`, 25 - number])),
    refused: new Map([['key.unknown', 7]]),
  },
  seal: { number: 12, at: AT, isSigned: true },
  apiUrl: API,
});

/** Mails that people turn off say that they can be. */
const OPTIONAL = ['acceptedInvitationMail', 'newSignInMail', 'endingKeysMail', 'auditReport'];

it.each(Object.entries({ ...EVERY, auditReport: REPORT }))(
  '%s is plain text about the service, with links to its own host alone',
  (name, mail) => {
    const links = [...mail.text.matchAll(/\b[a-z]+:\/\/[^\s/]+/g)].map(([origin]) => origin);

    expect(new Set(links).size).toBeLessThanOrEqual(1);
    for (const origin of links) expect(origin).toBe(API);
    expect(mail.text).not.toMatch(/<\/?[a-z]|utm_|unsubscribe|newsletter|offer/i);
    expect(mail.subject).not.toMatch(/\r|\n/);
    expect(Object.keys(mail).sort()).toEqual(['subject', 'text']);
    expect([name, mail.text.includes('turn it off')]).toEqual([name, OPTIONAL.includes(name)]);
  },
);

it('a report names the most first, counts those together who are not named, and says what no seal covers', () => {
  expect(REPORT.text).toMatch(/30 {2}file\.uploaded\n +3 {2}file\.moved/);
  expect(REPORT.text).toMatch(/15 {2}5 others/);
  expect(REPORT.text).toContain('It does NOT cover 2 events of this time.');
  expect(REPORT.text).toContain('There are more events than a report counts');
});

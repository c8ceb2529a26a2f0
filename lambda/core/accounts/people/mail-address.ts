import { createHmac } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { problem } from '../../kernel/problems.ts';

/** Characters of an address (RFC 5321, section 4.5.3.1.3, without its brackets). */
const CHARACTERS = 254;
const LOCAL_CHARACTERS = 64;

/** A `dot-atom` of RFC 5322. Letters of other scripts are left out: many look like another one. */
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;

const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/**
 * A mail address in the one spelling that it is compared in: lower case, the domain in ASCII. Two spellings of one address
 * must not be two people.
 * @throws Problem person.invalid
 */
export function parseMailAddress(text: string): string {
  const [local = '', domain = '', ...rest] = text.trim().toLowerCase().split('@');
  const ascii = domainToASCII(domain);
  const mail = `${local}@${ascii}`;
  const fits = mail.length <= CHARACTERS && local.length <= LOCAL_CHARACTERS && rest.length === 0;
  if (fits && LOCAL_PART.test(local) && DOMAIN.test(ascii)) return mail;
  throw problem(
    'person.invalid',
    `mail must be an address such as jo@example.com, of at most ${CHARACTERS} characters.`,
  );
}

/** @param domains in ASCII; none allows all. A domain does not speak for those below it. */
export function isAllowedDomain(mail: string, domains: readonly string[]): boolean {
  return domains.length === 0 || domains.includes(mail.slice(mail.lastIndexOf('@') + 1));
}

/** By which a person is found. A plain hash of an address is personal data: addresses can be guessed. */
export const mailDigest = (pepper: Uint8Array, mail: string): string =>
  createHmac('sha256', pepper).update(mail).digest('hex');

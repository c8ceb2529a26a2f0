import type { GlassRequest } from '../../../contract/break-glass.ts';
import { DASHBOARD_PATH } from '../../../contract/dashboard.ts';
import { LIMITS } from '../../../contract/limits.ts';

/** A mail about the service itself, as plain text: nothing is loaded from anywhere, and nobody is told that it was read. */
export interface ServiceMail {
  readonly subject: string;
  readonly text: string;
}

/** Sends a mail. @returns false when it could not be sent, which is reported */
export type SendMail = (to: string, mail: ServiceMail) => Promise<boolean>;

/**
 * @param apiUrl base URL of the API's own host
 * @param name of the person, which an administrator wrote
 */
export function invitationMail(apiUrl: string, token: string, name: string): ServiceMail {
  const days = LIMITS.invitationSeconds / 86_400;
  return {
    subject: 'Your invitation to Vitrine',
    text: [
      `Hello ${name},`,
      '',
      'You are invited to a media library. To accept, open this page:',
      '',
      `${apiUrl}/auth/invitation?token=${token}`,
      '',
      `The invitation holds for ${days} days and can be used once. If you do not expect it, do nothing.`,
      '',
    ].join('\n'),
  };
}

const minutes = LIMITS.mailCodeSeconds / 60;

const mailOf = (subject: string, lines: readonly string[]): ServiceMail => ({
  subject,
  text: [...lines, ''].join('\n'),
});

/** To the address that somebody has, who may not be the one who asked. */
export const currentCodeMail = (code: string): ServiceMail =>
  mailOf('Your code to change your mail address', [
    `Somebody asked for another mail address for your account of Vitrine. If it was you, your code is ${code}.`,
    '',
    `It holds for ${minutes} minutes. If it was not you, give it to nobody, end your sessions, and tell an administrator.`,
  ]);

/** To the address that somebody wants. */
export const newCodeMail = (code: string): ServiceMail =>
  mailOf('Your code for a new mail address', [
    `Somebody asked for this mail address for their account of Vitrine. If it was you, your code is ${code}.`,
    '',
    `It holds for ${minutes} minutes. If you do not expect it, do nothing.`,
  ]);

/** To an address that is asked for and is another account's already; who asked is not told. */
export const takenAddressMail = (): ServiceMail =>
  mailOf('Somebody asked for your mail address', [
    'Somebody asked for this mail address for another account of Vitrine. It is the one of yours, so nothing changed.',
  ]);

/** To the address that somebody had. */
export const mailChangedMail = (): ServiceMail =>
  mailOf('Your mail address was changed', [
    'Your account of Vitrine has another mail address now. If you did not do it, tell an administrator.',
  ]);

/** What notifications end with. @param apiUrl base URL of the API's own host; undefined before anybody knows it */
const footer = (apiUrl: string | undefined): readonly string[] => [
  '',
  ...(apiUrl === undefined ? [] : [`The media library: ${apiUrl}${DASHBOARD_PATH}`]),
  'You get this mail because of the notifications in your profile, where you can turn it off.',
];

/** To who invited. @param id of the person, who is named nowhere else */
export const acceptedInvitationMail = (apiUrl: string | undefined, id: string): ServiceMail =>
  mailOf('An invitation of yours was accepted', [
    `The person with the id ${id} accepted your invitation and may sign in now.`,
    ...footer(apiUrl),
  ]);

/** To who signed in. @param at ISO 8601 */
export const newSignInMail = (
  apiUrl: string | undefined,
  at: string,
  { network, browser, system }: SignInOrigin,
): ServiceMail =>
  mailOf('A new sign-in to your account', [
    `At ${at} somebody signed in to your account of Vitrine in a way that was not seen in the last ${LIMITS.signInDays} days:`,
    '',
    `Browser ${browser}, system ${system}, network ${network ?? 'unknown'}.`,
    '',
    'If it was you, do nothing. If it was not, end your sessions and tell an administrator.',
    ...footer(apiUrl),
  ]);

/** From where somebody signed in, as far as it is kept. */
interface SignInOrigin {
  readonly network?: string;
  readonly browser: string;
  readonly system: string;
}

/** A key, as a mail tells of it. */
export interface EndingKey {
  readonly name: string;
  /** First characters of the key. */
  readonly start: string;
  /** ISO 8601. */
  readonly endsAt: string;
}

/** To who may replace them. */
export const endingKeysMail = (apiUrl: string | undefined, keys: readonly EndingKey[]): ServiceMail =>
  mailOf('Keys of your media library end', [
    'These keys of the API end soon. What uses them fails from then on, unless a new key takes their place:',
    '',
    ...keys.map(({ name, start, endsAt }) => `${endsAt}  ${start}...  ${name}`),
    ...footer(apiUrl),
  ]);

const LET_IN = {
  'invite-owner': 'An invitation to be an owner was made.',
  open: 'A key with the rights of an administrator was made. It ends within the hour.',
} as const satisfies Record<GlassRequest['action'], string>;

/** What every owner is told when somebody came in without signing in. @param at ISO 8601 */
export const brokenGlassMail = (action: GlassRequest['action'], reason: string, at: string): ServiceMail => ({
  subject: 'Somebody came into Vitrine without signing in',
  text: [
    `At ${at} somebody with rights in the AWS account used the way in that needs no sign-in.`,
    '',
    LET_IN[action],
    `The reason they gave: ${reason}`,
    '',
    'If you do not know of it, end all keys and look into CloudTrail for who assumed the role.',
    '',
  ].join('\n'),
});
